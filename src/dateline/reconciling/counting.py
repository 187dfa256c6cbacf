"""How many people: a field for each thing counted and each group, every number that is told an account of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from dateline.knowledge.actors import STATE_KINDS, kinds
from dateline.knowledge.incidents import counted_as
from dateline.knowledge.victims import victim_group
from dateline.reconciling.accounts import Value, field
from dateline.reconciling.fields import Spoken, party_of, said
from dateline.reconciling.numbers import Number, agree, parts_agree
from dateline.records import Bound, Claim, Field, Filed, Quantity


def numbers(filed: Sequence[Filed], spoken: Spoken) -> list[Field]:
    """Return how many people, a field for each thing counted and each group."""
    told: dict[tuple[str, str], list[tuple[Filed, Quantity]]] = {}
    for one in filed:
        answer = said(one.claim)
        for quantity in one.claim.predication.quantities:
            what = counted_as(quantity.what)
            none = answer == "denied" and quantity.high == 0  # "nobody was killed"
            if what and (answer in ("affirmed", "possible") or none):
                told.setdefault((what, group_of(quantity, one.claim)), []).append((one, quantity))
    made = [_number_field(what, of, told[what, of], spoken) for what, of in sorted(told)]
    return [_with_parts(one, made) for one in made]


def group_of(quantity: Quantity, claim: Claim) -> str:
    """Return who is counted: civilians, children, women; fighters by their side; "" where nobody says."""
    noun = quantity.who.lower().split()[-1] if quantity.who.strip() else ""
    group = victim_group(noun)
    if group in ("children", "women", "civilians"):
        return group
    about = [p for p in claim.predication.participants if p.role in ("target", "object") and p.span is not None]
    beside = [p for p in about if p.span is not None and p.span.overlaps(quantity.span)] or [
        p for p in about if p.span is not None and 0 <= p.span.start - quantity.span.end <= 2
    ]
    armed = [p for p in beside if p.kind in STATE_KINDS or (p.kind in kinds() and kinds()[p.kind].armed == "yes")]
    if armed:
        return party_of(armed[0])[1] if armed[0].entity or armed[0].kind in STATE_KINDS else "fighters"
    return "fighters" if group == "combatants" else ""


def _number_field(what: str, of: str, told: Sequence[tuple[Filed, Quantity]], spoken: Spoken) -> Field:
    """Return the field of one count: every number that is told is an account, however well it fits another."""
    grouped: dict[str, tuple[Quantity, list[Filed]]] = {}
    for one, quantity in told:
        grouped.setdefault(number_key(quantity), (quantity, []))[1].append(one)
    kept = [grouped[key] for key in sorted(grouped, key=lambda key: (-_sharp(grouped[key][0]), key))]
    found = {
        (i, j): agree(kept[i][0], kept[j][0]) for i in range(len(kept)) for j in range(i + 1, len(kept))
    }  # fmt: skip

    def fits(i: int, j: int) -> tuple[bool, str]:
        one = found[i, j]
        return one.agrees or not one.comparable, one.reason if one.agrees else ""

    values = []
    for at, (quantity, group) in enumerate(kept):
        vaguer = [j for j in range(at + 1, len(kept)) if found[at, j].agrees and _sharp(kept[j][0]) < _sharp(quantity)]
        support = {spoken[one.claim.id].key for j in vaguer for one in kept[j][1]}
        own = {spoken[one.claim.id].key for one in group}
        values.append(Value(
            number_key(quantity), number_text(quantity), tuple(dict.fromkeys(group)), quantity.low, quantity.best,
            quantity.high, _sharp(quantity), len(support - own),
        ))  # fmt: skip
    made = field(what, values, spoken, fits, of)
    live = [a for a in made.accounts if {v.key for v in a.voices} - set(a.superseded)]
    return msgspec.structs.replace(made, low=_bound(live, min), high=_bound(live, max))


def number_key(told: Quantity) -> str:
    """Return what tells numbers apart: the bounds."""
    return "/".join("" if bound is None else f"{bound:g}" for bound in (told.low, told.best, told.high))


def number_text(told: Quantity) -> str:
    """Return a number as a person would write it: "12", "at least 30", "dozens", "10 to 15"."""
    if told.low is not None and told.low == told.high:
        return f"{told.low:,.0f}"
    figure = next((f"{bound:,.0f}" for bound in (told.best, told.low, told.high) if bound is not None), "")
    words = told.qualifier.strip()
    vague = told.best is None and bool(words) and (told.low is None or told.high is None or told.low != told.high)
    if vague and not any(
        word in words for word in ("least", "more", "most", "up to", "over", "than", "fewer", "between")
    ):
        return words
    if told.low is not None and told.high is not None and told.best is None:
        return f"{told.low:,.0f} to {told.high:,.0f}"
    return f"{words} {figure}".strip()


def _sharp(told: Quantity) -> float:
    if told.low is not None and told.low == told.high:
        return 3.0
    return 2.0 if told.best is not None else 1.0 if told.low is not None else 0.0


def _bound(accounts: Iterable[object], pick: Callable[[list[float]], float]) -> Bound | None:
    """Return the lowest or highest number of the accounts and the names of those who give it."""
    figures: list[tuple[float, tuple[str, ...]]] = []
    for account in accounts:
        low, best, high = account.low, account.best, account.high  # type: ignore[attr-defined]
        order = (low, best, high) if pick is min else (high, best, low)
        value = next((bound for bound in order if bound is not None), None)
        if value is not None:
            figures.append((value, tuple(voice.name for voice in account.voices)))  # type: ignore[attr-defined]
    if not figures:
        return None
    value = pick([figure for figure, _ in figures])
    return Bound(value, tuple(dict.fromkeys(n for figure, names in figures if figure == value for n in names)))


def _with_parts(whole: Field, fields: Sequence[Field]) -> Field:
    """Return the field with what its parts say of it: "10 children and 5 women make 15 civilians"."""
    if whole.of not in ("", "civilians"):
        return whole
    parts = [one for one in fields if one.name == whole.name and one.of in ("children", "women")]
    best = [(one.of, a) for one in parts for a in one.accounts if a.key == one.best]
    if len(best) < 2:
        return whole
    told = [Number(a.low, a.best, a.high, who=of) for of, a in best]
    accounts = []
    for account in whole.accounts:
        found = parts_agree(told, Number(account.low, account.best, account.high, who=whole.of or "people"))
        more = (found.reason,) if found.agrees else ()
        accounts.append(msgspec.structs.replace(account, agrees=(*account.agrees, *more)))
    return msgspec.structs.replace(whole, accounts=tuple(accounts))
