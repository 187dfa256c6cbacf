"""Who says something, in words: name, office, side, and in which reports of which outlets."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.exporting import wording
from dateline.records import Account, Field, Voice

_NAMED_OUTLETS = 3
_FIELDS = {
    "happened": "did it happen", "actor": "who did it", "target": "to whom, to what", "place": "where", "day": "when",
    "holder": "who holds it",
}  # fmt: skip
_HAPPENED = {
    "affirmed": "it happened", "denied": "it did not happen", "possible": "it may have", "attempted": "it was tried",
    "not yet": "it was to come",
}  # fmt: skip


def who(voice: Voice) -> str:
    """Return a voice's name and office: "Malia, deputy governor", "security official (not named)"."""
    name = wording.shown(voice.name) or "the report"
    role = wording.shown(voice.role)
    if role and not wording.alike(role, name):
        name = f"{name}, {role}"
    return f"{name} (not named)" if voice.kind == "unnamed" else name


def carried(voice: Voice) -> str:
    """Return in which reports a voice stands: "A Wire Agency", "3 reports (A, B, C), 1 source"."""
    outlets = [wording.shown(one) for one in voice.outlets]
    more = len(outlets) - _NAMED_OUTLETS
    named = ", ".join(outlets[:_NAMED_OUTLETS]) + (f" and {more} more" if more > 0 else "")
    if len(voice.reports) == 1:
        own = voice.kind in ("outlet", "agency") and outlets[:1] == [wording.shown(voice.name)]
        return "" if own else f"in {named}" if named else "in 1 report"
    return f"{wording.count(len(voice.reports), 'report')}{f' ({named})' if named else ''}, 1 independent source"


def published(voice: Voice) -> str:
    """Return the days of publication: "2021-08-07", "2021-08-07/08"."""
    return wording.days(voice.first, voice.last) if voice.first or voice.last else ""


def title_of(field: Field) -> str:
    """Return what a field tells: "who holds it", "killed (civilians)"."""
    return _FIELDS.get(field.name, field.name) + (f" ({wording.shown(field.of)})" if field.of else "")


def value_of(field: Field, account: Account) -> str:
    """Return a value in words: of the happening "it did not happen", of all else what the account says."""
    if field.name == "happened":
        return _HAPPENED.get(account.key, account.value)
    return wording.shown(account.value)


def replaced(field: Field, account: Account, voice: Voice) -> str:
    """Return which value a voice gave later in the place of this one; "" where it stands by it."""
    if voice.key not in account.superseded:
        return ""
    later = [
        value_of(field, other)
        for other in field.accounts
        if other is not account and voice.key not in other.superseded and _gives(other, voice)
    ]
    return f"later said: {'; '.join(later)}" if later else "later said otherwise"


def _gives(account: Account, voice: Voice) -> bool:
    return any(one.key == voice.key for one in account.voices)


def ordered(fields: Sequence[Field]) -> list[Field]:
    """Return the fields in the order of reading: what is disputed, who holds the place before all; then the rest."""
    order = {name: at for at, name in enumerate(("holder", "happened", "day", "place", "actor", "target"))}

    def rank(field: Field) -> tuple[bool, int, int]:
        counted = len(order) if field.standing != "disputed" else 2  # how many comes right after whether
        return field.standing != "disputed", order.get(field.name, counted), fields.index(field)

    return sorted(fields, key=rank)


def best_first(field: Field) -> list[Account]:
    """Return the accounts of a field: the chosen one, then those of most voices; what all have replaced last."""

    def rank(account: Account) -> tuple[bool, bool, int]:
        stands = any(voice.key not in account.superseded for voice in account.voices)
        return account.key != field.best, not stands, -len(account.voices)

    return sorted(field.accounts, key=rank)
