"""How many names of persons a desk's exports let through, by the language model's own tagger of names.

`python -m benchmarks.masking DESK` reads what leaves the desk in words (evidence of claims, titles of reports) as it is
and as it is masked, and lists what the tagger takes for a person that is neither masked nor a part of a public name.
The tagger takes many places for persons, so the list is for reading; it is an upper bound of what is missed.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

import msgspec

from dateline.desk import open_desk
from dateline.desk.exporting import holdings
from dateline.exporting.desk import Holdings, Release
from dateline.exporting.desk.masking import sorted_persons
from dateline.exporting.desk.people import tokens_of
from dateline.language import load_model


class Found(msgspec.Struct, frozen=True):
    """What was found: claims, persons masked, names kept as public, mentions by the tagger, and those left."""

    claims: int
    private: int
    public: int
    mentions: int
    left: dict[str, int]


def measure(held: Holdings) -> Found:
    """Return what the tagger finds in the words of a desk that the mask leaves."""
    events, claims, control, reports = list(held.events), list(held.claims), list(held.control), list(held.reports)
    whole = Holdings(held.name, events, claims, control, reports, is_place=held.is_place)
    private, public = sorted_persons(events, claims, control, reports, (), held.is_place)
    mask = Release(whole).mask
    nlp = load_model().nlp
    parts = [set(tokens_of(name)) for name in public]
    mentions, left = 0, Counter[str]()
    for text in sorted({one.words for one in claims} | {one.title for one in reports if one.title}):
        masked = mask.text(text)
        for name in (found.text for found in nlp(text).ents if found.label_ == "PERSON"):
            mentions += 1
            words = set(tokens_of(name))
            if name in masked and not any(words <= part for part in parts):
                left[name] += 1
    return Found(len(claims), len(private), len(public), mentions, dict(left.most_common()))


def main(arguments: Sequence[str]) -> int:
    """Print the figures and the names left."""
    if len(arguments) != 1:
        print("usage: python -m benchmarks.masking DESK", file=sys.stderr)
        return 2
    with open_desk(arguments[0], read_only=True) as desk:
        found = measure(holdings(desk.store))
    print(f"claims {found.claims:,}, persons masked {found.private}, names kept as public {found.public}")
    print(f"mentions of persons by the tagger {found.mentions}, left {sum(found.left.values())}:")
    print(", ".join(f"{name} {times}" for name, times in found.left.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
