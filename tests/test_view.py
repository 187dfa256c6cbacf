"""The text as it is parsed, and the way back to the report's own words."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.cleaning import Cleaning
from dateline.language import LanguageModel, Parsing
from dateline.language.view import PLAIN, View, Words, view_of
from dateline.records import Block, Debris, Dossier, Parse, Quotation, Report, Span
from tests.conftest import EVIDENCE

NAMES = frozenset({"Kabul", "Taliban", "Afghan"})
WORDS = Words(NAMES.__contains__, lambda word: word.lower() == "withdrew")
PIECES = st.sampled_from(
    [
        "The army", " said", " it", " shelled Goma", " “", "”", "\"", "'", "’", "«", "»", ",", ".", "?", "!", " (…)",
        " [mercredi]", "\n", "\n\n", "\t", "  ", "On 24 March armed men entered", " a cease-fire", " air-strikes", "—",
        " مدينة", "\u202bحلب\u202c", " 🙂", "👩‍👩‍👧", "\x00", "\x0b", "\u2028", "\u00a0", "\ufeff", "é", "e\u0301",
        "Its men", "2021", "Read also: ten dead", "By A. Writer", " Withdrew",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, min_size=1, max_size=25).map("".join)


def view(text: str, debris: tuple[Span, ...] = (), quoted: tuple[tuple[int, int, int, int], ...] = ()) -> View:
    block = Block(Span(0, len(text)), "body", EVIDENCE)
    quotations = [Quotation(Span(a, d), Span(b, c), True, False, EVIDENCE) for a, b, c, d in quoted]
    return view_of(text, block, [Debris(span, "elision", EVIDENCE) for span in debris], quotations, WORDS)


def quotation(text: str, opening: str, closing: str) -> tuple[int, int, int, int]:
    start, end = text.index(opening), text.rindex(closing)
    return start, start + len(opening), end, end + len(closing)


def plain(text: str) -> str:
    return "".join(text.translate(PLAIN).split()).lower()


def same_words(view_words: str, own_words: str) -> bool:
    """Whether they are the same but for marks of quotation, case, white space and what was left out."""
    # Marks of two characters are one mark, whichever way they are written.
    view, own = (plain(words).replace("''", '"').replace("``", '"') for words in (view_words, own_words))
    return view == own or view.replace('"', "") == own.replace('"', "").replace("-", "")


@given(TEXTS)
def test_each_character_of_a_view_leads_back(text: str) -> None:
    made = view(text)
    assert len(made.text) == len(made.offsets)
    assert made.offsets == sorted(made.offsets)
    for char, offset in zip(made.text, made.offsets, strict=True):
        own = text[offset]
        assert char in (own.translate(PLAIN), own.lower(), " ", ",") or own.isspace()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(TEXTS)
@pytest.mark.model
def test_tokens_slice_the_report_to_their_words(model: LanguageModel, text: str) -> None:
    dossier = Dossier(Report("t", text))
    dossier = dossier.adding(Cleaning()(dossier))
    dossier = dossier.adding(Parsing(model)(dossier))
    parse = dossier.only(Parse)
    last = 0
    for token, words in enumerate(parse.texts):
        span = parse.span(token, token + 1)
        assert 0 <= span.start < span.end <= len(text)
        assert span.start >= last or words in ('"', ",")
        last = span.start
        if any(span.overlaps(debris.span) for debris in dossier.all(Debris)):
            continue  # what is left out stands inside the token: no space before or behind it
        own = span.of(text)
        assert words == "," or words == '"' or same_words(words, own), (words, own)


def test_debris_inside_a_sentence_is_left_out() -> None:
    text = "The rebels entered Sake (…) on Monday."
    start = text.index("(")
    made = view(text, (Span(start, start + 3),))
    assert made.text == "The rebels entered Sake on Monday."
    at = made.text.index("on Monday")
    assert made.span(at, at + 9).of(text) == "on Monday"


@pytest.mark.parametrize(
    ("opening", "closing"), [("“", "”"), ("«", "»"), ("„", "“"), ('"', '"'), ("« ", " »"), ("''", "''")]
)
def test_quotation_marks_become_plain(opening: str, closing: str) -> None:
    text = f"The army {opening}killed five men{closing} in Gao."
    made = view(text, quoted=(quotation(text, opening, closing),))
    assert made.text == 'The army "killed five men" in Gao.'
    at = made.text.index("Gao")
    assert made.span(at, at + 3).of(text) == "Gao"


def test_a_mark_that_is_missing_is_not_made_up_elsewhere() -> None:
    text = "“We will stay, he said. The city is calm."
    made = view(text, quoted=((0, 1, 13, 13),))
    assert made.text.count('"') == 1
    assert made.text.endswith("The city is calm.")


def test_marks_without_space_get_one() -> None:
    text = "He said“we will go”and left."
    made = view(text, quoted=(quotation(text, "“", "”"),))
    assert made.text == 'He said "we will go" and left.'


def test_a_capital_in_mid_sentence_is_lowered() -> None:
    text = "The Taliban “Withdrew” from the base."
    made = view(text, quoted=(quotation(text, "“", "”"),))
    assert made.text == 'The Taliban "withdrew" from the base.'
    at = made.text.index("withdrew")
    assert made.span(at, at + 8).of(text) == "Withdrew"


@pytest.mark.parametrize("name", ["Kabul", "Taliban"])
def test_a_name_in_mid_sentence_keeps_its_capital(name: str) -> None:
    text = f"They call it “{name} again” here."
    made = view(text, quoted=(quotation(text, "“", "”"),))
    assert f'"{name} again"' in made.text


def test_a_stray_capital_behind_a_quotation_is_lowered() -> None:
    text = "It “left the city” Of Gao."
    made = view(text, quoted=(quotation(text, "“", "”"),))
    assert made.text == 'It "left the city" of Gao.'


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("The cease-fire held.", "ceasefire"),
        ("Two air-strikes hit.", "airstrikes"),
        ("A Counter-attack.", "Counterattack"),
    ],
)
def test_hyphens_inside_one_word_are_taken_out(text: str, joined: str) -> None:
    made = view(text)
    at = made.text.index(joined)
    assert made.span(at, at + len(joined)).of(text).replace("-", "") == joined


def test_other_hyphens_stay() -> None:
    assert view("A two-day truce in Nagorno-Karabakh.").text == "A two-day truce in Nagorno-Karabakh."


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("On 24 March armed groups entered the town.", "On 24 March, armed groups entered the town."),
        ("In May the army left.", "In May, the army left."),
        ("On 24 March 2014 armed men came.", "On 24 March 2014, armed men came."),
        ("On 24 March, armed groups entered.", "On 24 March, armed groups entered."),
        ("He came on 24 March and left.", "He came on 24 March and left."),
    ],
)
def test_a_comma_is_put_behind_a_day_at_the_head(text: str, made: str) -> None:
    seen = view(text)
    assert seen.text == made
    at = seen.text.index("entered") if "entered" in made else 0
    assert seen.span(at, at + 2).of(text) == made[at : at + 2]


def test_right_to_left_emoji_and_control_characters_keep_their_offsets() -> None:
    text = "Fighters \u202bحلب\u202c took 🙂 the\x00 base 👩‍👩‍👧 in Aleppo."
    made = view(text)
    at = made.text.index("Aleppo")
    assert made.span(at, at + 6).of(text) == "Aleppo"


def test_white_space_is_one_space() -> None:
    made = view("The\n\n army\t\u00a0 left. ")
    assert made.text == "The army left."
    assert made.span(4, 8).of("The\n\n army\t\u00a0 left. ") == "army"
