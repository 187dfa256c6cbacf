"""Cleaning: every rule against its own examples, then layout, headings, quotations and odd input."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.cleaning import Cleaning
from dateline.knowledge.cleaning import Rule, phrases
from dateline.records import Block, Debris, Dossier, Quotation, Report, Span

CLEANING = Cleaning()
STORY = "\n\nThe column of the northern army reached the river before noon on Sunday, three residents said."


def cleaned(text: str, title: str = "") -> Dossier:
    dossier = Dossier(Report(id="r", text=text, title=title))
    return dossier.adding(CLEANING(dossier))


def unmarked(example: str) -> tuple[str, list[str]]:
    """Return an example without its marks, and the words that they enclose."""
    words = [part.split("⟧")[0] for part in example.split("⟦")[1:]]
    return example.replace("⟦", "").replace("⟧", ""), words


EXAMPLES = [(rule, example) for rule in phrases().rules for example in rule.examples]
COUNTER = [(rule, example) for rule in phrases().rules for example in rule.counterexamples]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=[f"{r.id}:{e[:40]}" for r, e in EXAMPLES])
def test_a_rule_takes_its_examples(rule: Rule, example: str) -> None:
    text, words = unmarked(example)
    whole = text + STORY
    found = [one.span.of(whole) for one in cleaned(whole).all(Debris) if one.evidence.rule == rule.id]
    assert found == [word.strip() for word in words]


@pytest.mark.parametrize(("rule", "example"), COUNTER, ids=[f"{r.id}:{e[:40]}" for r, e in COUNTER])
def test_no_rule_takes_a_counterexample(rule: Rule, example: str) -> None:
    found = [one for one in cleaned(example + STORY).all(Debris) if one.kind == rule.kind]
    assert not found


def kinds(text: str, title: str = "") -> list[tuple[str, str]]:
    return [(one.kind, one.span.of(text)) for one in cleaned(text, title).all(Block)]


def quoted(text: str) -> list[tuple[str, bool, bool]]:
    return [(one.inner.of(text), one.balanced, one.continues) for one in cleaned(text).all(Quotation)]


def test_every_rule_has_examples_and_counterexamples() -> None:
    assert not [rule.id for rule in phrases().rules if not rule.examples or not rule.counterexamples]
    assert len({rule.id for rule in phrases().rules}) == len(phrases().rules)


PAGE = """March 3, 2019

Bridge lost in the north
By Anna Example in Gao

KIDAL, Mali (AFP) – The column reached the river before noon, three residents said.
Read also In the delta, a truce that nobody keeps
“We saw smoke,” a trader said.

Smoke over the river

The governor denied it. He said the bridge (…) was held.

- two soldiers were hurt;
- one truck was lost.

Related stories
Army takes the airport
Who holds the dam?

The talks go on.

The World with AFP
© 2019 Example Press"""


def test_a_page_is_taken_apart() -> None:
    assert kinds(PAGE) == [
        ("headline", "Bridge lost in the north"),
        ("body", "The column reached the river before noon, three residents said."),
        ("body", "“We saw smoke,” a trader said."),
        ("subhead", "Smoke over the river"),
        ("body", "The governor denied it. He said the bridge (…) was held."),
        ("list", "- two soldiers were hurt;"),
        ("list", "- one truck was lost."),
        ("body", "The talks go on."),
    ]
    assert [(one.kind, one.span.of(PAGE)) for one in cleaned(PAGE).all(Debris)] == [
        ("dateline", "March 3, 2019"),
        ("byline", "By Anna Example in Gao"),
        ("dateline", "KIDAL, Mali (AFP) –"),
        ("related", "Read also In the delta, a truce that nobody keeps"),
        ("elision", "(…)"),
        ("related", "Related stories"),
        ("related", "Army takes the airport"),
        ("related", "Who holds the dam?"),
        ("agency", "The World with AFP"),
        ("copyright", "© 2019 Example Press"),
    ]


def test_the_same_page_with_other_line_ends() -> None:
    other = PAGE.replace("\n", "\r\n")
    assert kinds(other) == kinds(PAGE)


WRAPPED = """     SAN MARCOS, 3 JAN 90 -- [TEXT] THE GARRISON OF THE TOWN WAS ATTACKED
BY GUERRILLAS BEFORE DAWN, AND THE ARMY REPORTED THAT TWO OF ITS SOLDIERS
WERE KILLED. THE GOVERNOR WENT
TO THE PLACE.

     [MORALES] "WE SHALL STAY."
"""


def test_a_wrapped_paragraph_is_one_block() -> None:
    found = kinds(WRAPPED)
    assert [kind for kind, _ in found] == ["body", "body"]
    assert found[0][1].startswith("THE GARRISON")
    assert found[0][1].endswith("TO THE PLACE.")


def test_lines_that_are_paragraphs_are_blocks() -> None:
    text = "Camp hit by shells\n" + "\n".join(
        f"Sentence {n} of a longer report that ends with a stop." for n in range(6)
    )
    assert [kind for kind, _ in kinds(text)] == ["headline"] + ["body"] * 6


def test_text_without_any_line_end_is_one_block() -> None:
    assert len(kinds("The army left. " * 40)) == 1


def test_a_title_joined_to_its_text_is_cut_off() -> None:
    text = "Tue 08 Mar 2016 Camp hit by shells. Two people were killed. - Second raid - The army denied it."
    assert kinds(text, "Camp hit by shells") == [
        ("headline", "Camp hit by shells"),
        ("body", "Two people were killed."),
        ("subhead", "- Second raid -"),
        ("body", "The army denied it."),
    ]


def test_the_name_of_the_site_behind_a_title_is_part_of_the_headline() -> None:
    text = "Camp hit by shells - Example Notes\n\nTwo people were killed, the mayor said."
    assert kinds(text, "Camp hit by shells")[0] == ("headline", "Camp hit by shells - Example Notes")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "the town is ours" on Monday.', ["the town is ours"]),
        ("He said “the town is ours” and «we stay».", ["the town is ours", "we stay"]),
        ("„Wir bleiben“, he said; »no one« left.", ["Wir bleiben", "no one"]),
        ("‘The town is ours,’ he said. ‘We stay.’", ["The town is ours,", "We stay."]),
        ("'The rebels' guns are silent,' she said.", ["The rebels' guns are silent,"]),
        ("The rebels' guns and the army's men were near O'Brien's farm in the '90s.", []),
        ("``The town is ours,'' he said.", ["The town is ours,"]),
        # Marks turned the wrong way, or with blanks on the wrong side.
        ("“The town is ours “, he said.", ["The town is ours "]),
        ("“All our men defend it “ and “The foe fled”.", ["All our men defend it ", "The foe fled"]),
        ("“The fight began in town ”Governor Ali said.", ["The fight began in town "]),
        ("”The town is ours,” he said.", ["The town is ours,"]),
        ('" The town is ours "he said, and " we stay ".', [" The town is ours ", " we stay "]),
        ('"The war is over. "Ali said so. "We won," he said.', ["The war is over. ", "We won,"]),
        # One in the other.
        ("“He told me ‘go home’ and I left.”", ["He told me ‘go home’ and I left.", "go home"]),
        ("“He told me “go home” and I left,” she said.", ["He told me “go home” and I left,", "go home"]),
        # Inches and feet.
        ('A 12" gun and a 5\'10" man said "no" twice.', ["no"]),
        ("A man of 5’10” left.", []),
        ("The army's men left.", []),
        ('"', []),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert quoted(text) == [(words, True, False) for words in expected]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“The town is ours, he said. The army left.", "The town is ours"),
        ("“The town is ours. The army left.", "The town is ours."),
        ("The army left. The town is ours”, he said.", "The town is ours"),
    ],
)
def test_the_place_of_a_lost_mark_is_inferred(text: str, words: str) -> None:
    assert quoted(text) == [(words, False, False)]


def test_a_speech_whose_paragraphs_were_joined_runs_on() -> None:
    text = 'He said "we hold. "We stay" was his last word.'
    assert quoted(text) == [("we hold.", True, True), ("We stay", True, False)]


def test_a_speech_over_paragraphs_runs_on() -> None:
    text = "He said: “We hold the town.\n\n“We hold the bridge.\n\n“We stay.”\n\n“And you?” she asked."
    assert quoted(text) == [
        ("We hold the town.", True, True),
        ("We hold the bridge.", True, True),
        ("We stay.", True, False),
        ("And you?", True, False),
    ]


def spans_of(found: Dossier) -> list[Span]:
    return [block.span for block in found.all(Block)] + [piece.span for piece in found.all(Debris)]


MARKS = [
    "“",
    "”",
    '"',
    "'",
    "’",
    "‘",
    "«",
    "»",
    "„",
    "``",
    "\n",
    "\n\n",
    "\r\n",
    " ",
    ". ",
    "\x00",
    "\u2028",
    "🇺🇦",
    "لا",
]
PHRASES = [
    "The army left",
    "Read also ",
    "[mardi]",
    "(…)",
    "By Anna Example",
    "-AFP",
    "KYIV, May 3 (Reuters) - ",
]
PIECES = st.sampled_from([*MARKS, *PHRASES, "© 2021", "(AP Photo/A)", "- "])


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map("".join)), st.text(max_size=12))
def test_any_text_is_cleaned_at_its_own_offsets(text: str, title: str) -> None:
    found = cleaned(text, title)
    spans = spans_of(found)
    spans += [span for one in found.all(Quotation) for span in (one.outer, one.inner)]
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)
    blocks, debris = [one.span for one in found.all(Block)], [one.span for one in found.all(Debris)]
    for ordered in (blocks, debris):
        assert all(first.end <= second.start for first, second in pairwise(ordered))
        assert all(span.of(text) and span.of(text) == span.of(text).strip() for span in ordered)
    # Debris lies wholly within a block or wholly outside all of them, and no block is only debris.
    for span in debris:
        assert all(block.contains(span) or not block.overlaps(span) for block in blocks)
    assert not set(blocks) & set(debris)
    for one in found.all(Quotation):
        assert one.outer.contains(one.inner)
        assert any(block.contains(one.outer) for block in blocks)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=400))
def test_what_is_left_and_what_is_marked_is_all_there_is(text: str) -> None:
    found = cleaned(text)
    covered = set[int]()
    for span in spans_of(found):
        covered.update(range(span.start, span.end))
    assert not [letter for at, letter in enumerate(text) if letter.isalnum() and at not in covered]


def test_cleaning_twice_gives_the_same() -> None:
    assert cleaned(PAGE).records == cleaned(PAGE).records


def test_time_grows_with_length_only() -> None:
    import time

    def seconds(text: str) -> float:
        begun = time.perf_counter()
        cleaned(text)
        return time.perf_counter() - begun

    for unit in (
        '"He said. ',
        "(" * 30 + " ",
        "By A B C D E ",
        "“a ‘b ",
        "A—B — C, ",
        "[" * 9,
        "/A " * 9,
        "2020-1-1 ",
    ):
        seconds(unit * 100)
        short, long = seconds(unit * 2_000), seconds(unit * 16_000)
        assert long < 40 * short + 0.2, unit
