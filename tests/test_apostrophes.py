"""Apostrophes that a text has lost: put back for the parser, and nowhere else."""

from __future__ import annotations

import pytest

from dateline.api import code_text
from dateline.language.apostrophes import SHORTEST, lost
from dateline.records import Parse

FILLER = " The village was quiet." * 20


def owners(text: str) -> list[str]:
    return [text[:at].split()[-1] for at in lost(text + FILLER)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Syrias army left.", ["Syria"]),
        ("Shells fell in Manbij on Monday. Manbijs market burned.", ["Manbij"]),
        ("The countrys north and the armys base were hit.", ["country", "army"]),
        ("Bashar al-Assads troops left. President al-Assad spoke.", ["al-Assad"]),
        ("Rebels left. One rebel stayed. Syrians and Kurds fled in Rebel and so on.", []),
        ("Homs is in Syria. Damascus lies south of Homs and Hama.", []),
        ("Syria's army left. Irans army stayed.", []),
    ],
)
def test_what_lost_its_apostrophe(text: str, wanted: list[str]) -> None:
    assert owners(text) == wanted


def test_a_short_text_says_nothing() -> None:
    text = "Syrias army left."
    assert len(text) < SHORTEST
    assert not lost(text)


@pytest.mark.model
@pytest.mark.gazetteer
def test_the_parse_has_the_name_and_offsets_stay() -> None:
    text = "Gunmen killed six farmers in Syrias Idlib province on Monday." + FILLER
    dossier = code_text(text, published="2023-05-09").dossier
    parse = dossier.only(Parse)
    at = parse.texts.index("Syria")
    assert parse.texts[at + 1] == "'s"
    assert text[parse.starts[at] : parse.ends[at + 1]] == "Syrias"
