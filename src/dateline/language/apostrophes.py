"""Apostrophes that a text has lost: "Syrias army", "al-Assads forces", "the countrys north".

Texts that went through careless cleaning hold no apostrophe at all. Without it a name with a stray "s" is no
name, and no owner. Where a text of some length has none, an "s" is taken for a lost genitive behind the name of
a country, behind a name that the text has elsewhere as a place or with "al-", and where no plural is spelt so.
"""

from __future__ import annotations

import re

from dateline.knowledge.actors import countries

SHORTEST = 300  # characters; a shorter text may well have no apostrophe
_MARKS = re.compile(r"['’‘ʼ`´]")
_NAME = re.compile(r"\b((?:[Aa]l-)?[A-Z][A-Za-z-]*[A-Za-rt-z])s(?= [A-Za-z])")
# No plural ends so: "countrys", "Observatorys", "Daeshs".
_NO_PLURAL = re.compile(r"\b[A-Za-z][a-z]+(?:[bcdfghjklmnpqrtvwxz]y|sh|ch)s(?= [A-Za-z])")
_AFTER = (
    "and|or|on|in|by|after|before|where|which|who|when|while|said|says|as|that|was|were|has|have|had|is|are|from|to|at"
    "|for|with|since|during|but"
)


def lost(text: str) -> tuple[int, ...]:
    """Return the offsets of the letters "s" before which an apostrophe was lost, in order; mostly none."""
    if len(text) < SHORTEST or _MARKS.search(text):
        return ()
    found = {match.end() - 1 for match in _NO_PLURAL.finditer(text)}
    known: dict[str, bool] = {}
    for match in _NAME.finditer(text):
        stem = match.group(1)
        if stem not in known:
            known[stem] = _is_owner(text, stem)
        if known[stem]:
            found.add(match.end() - 1)
    return tuple(sorted(found))


def _is_owner(text: str, stem: str) -> bool:
    table = countries()
    if table.by_name(stem + "s") or table.by_demonym(stem) or table.by_demonym(stem + "s"):
        return False
    if table.by_name(stem):
        return True
    if stem[:3].lower() == "al-":
        return re.search(rf"\b{re.escape(stem)}\b", text) is not None
    if re.search(rf"\b{stem.lower()}\b", text):
        return False
    place = rf"\b(?:in|of|near|from|around|to|on|outside|into|towards?) {re.escape(stem)}(?:[.,;:)]|\Z| (?:{_AFTER})\b)"
    return re.search(place, text) is not None
