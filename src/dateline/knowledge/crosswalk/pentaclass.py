"""From PLOVER to CAMEO's pentaclass, as a table of rules."""

from __future__ import annotations

import functools

import msgspec

from dateline.knowledge.loading import Header, load_toml

STATEMENT = "statement"
PENTACLASS = (STATEMENT, "verbal cooperation", "material cooperation", "verbal conflict", "material conflict")


class PentaclassRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"to": "class"}):
    """A rule: where all its conditions fit, the event is of the class `to`."""

    id: str
    to: str
    plover: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    polarity: tuple[str, ...] = ()


class PentaclassFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of rules, in the order in which they are tried."""

    about: Header
    rule: tuple[PentaclassRule, ...]


@functools.cache
def pentaclass_rules() -> tuple[PentaclassRule, ...]:
    """Load `pentaclass.toml`."""
    file: PentaclassFile = load_toml("crosswalk/pentaclass.toml", PentaclassFile)
    return file.rule


def pentaclass_of(plover: str, status: str, polarity: str) -> str:
    """Return the class of an event; a statement where no rule fits."""
    for rule in pentaclass_rules():
        if (
            (not rule.plover or plover in rule.plover)
            and (not rule.status or status in rule.status)
            and (not rule.polarity or polarity in rule.polarity)
        ):
            return rule.to
    return STATEMENT
