"""Reader of the two CAMEO corpora: sentences with spans of source and target, and sentences with a class.

Both were published for ConfliBERT (Hu et al. 2022). `cameo_ner` holds files of two columns, a token and its
BIO tag (S: who acts, T: to whom, R: each side of a mutual act), sentences set apart by empty lines.
`cameo_class` holds TSV files of a sentence and a number from 0 to 4: the pentaclass of CAMEO.

A sentence is named by its letters and digits alone, so that a sentence that stands twice, or in both corpora with
other white space, lies on one side of the split in both.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from dateline.corpora import Part, taken

# The labels are published without names; the sentences that bear them tell which they are. 0 states, appeals and
# comments (CAMEO 01 and 02), 1 meets, praises, promises (03 to 05), 2 gives, frees, withdraws (06 to 08), 3 rejects,
# accuses, threatens, imposes sanctions (09 to 13, and 16), 4 arrests, deploys, attacks (14, 15, and 17 to 20).
PENTACLASS = ("statement", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
TIGHT_BEFORE = frozenset(",.;:!?)]}%’'”") | {"'s", "’s", "n't", "'", "n’t"}
TIGHT_AFTER = frozenset("([{$£€“‘")


class Tagged(msgspec.Struct, frozen=True):
    """A sentence with spans: its words, where each begins and ends in `text`, and (role, first, last), half-open."""

    key: str
    text: str
    words: tuple[str, ...]
    offsets: tuple[tuple[int, int], ...]
    spans: tuple[tuple[str, int, int], ...]


class Classed(msgspec.Struct, frozen=True):
    """A sentence with its class, one of PENTACLASS."""

    key: str
    text: str
    label: str


def key_of(text: str) -> str:
    """Return the name of a sentence: its letters and digits in lower case."""
    return "".join(letter for letter in text.lower() if letter.isalnum())


def tagged_files(corpora: Path) -> list[Path]:
    """Return the files of spans in a folder of corpora: all that hold a token and a tag a line."""
    return _files(corpora / "cameo_ner", ("*.txt", "*.conll", "*.bio"))


def classed_files(corpora: Path) -> list[Path]:
    """Return the files of classes in a folder of corpora."""
    return _files(corpora / "cameo_class", ("*.tsv",))


def tagged(files: list[Path], part: Part) -> list[Tagged]:
    """Read the sentences with spans that belong to a part."""
    sentences = []
    for path in files:
        rows: list[tuple[str, str]] = []
        for line in [*path.read_text("utf-8-sig").split("\n"), ""]:
            columns = line.split()
            if len(columns) > 1:
                rows.append((columns[0], columns[-1]))
            elif rows:
                sentences.append(_sentence(rows))
                rows = []
    return [one for one in sentences if taken(one.key, part)]


def classed(files: list[Path], part: Part) -> list[Classed]:
    """Read the sentences with a class that belong to a part.

    Raises ValueError where a line does not end in a class.
    """
    found = []
    for path in files:
        for number, line in enumerate(path.read_text("utf-8-sig").split("\n"), 1):
            text, _, label = line.rpartition("\t")
            if not label.strip().isdigit() or int(label) >= len(PENTACLASS):
                if number == 1 or not line.strip():
                    continue  # a heading
                raise ValueError(f"{path}, line {number}: no class at its end")
            found.append(Classed(key_of(text), text.strip(), PENTACLASS[int(label)]))
    return [one for one in found if taken(one.key, part)]


def _files(folder: Path, patterns: tuple[str, ...]) -> list[Path]:
    return sorted({path for pattern in patterns for path in folder.glob(pattern) if path.is_file()})


def _sentence(rows: list[tuple[str, str]]) -> Tagged:
    words = tuple(word for word, _ in rows)
    text, offsets = joined(words)
    return Tagged(key_of("".join(words)), text, words, offsets, spans_of([tag for _, tag in rows]))


def spans_of(tags: list[str]) -> tuple[tuple[str, int, int], ...]:
    """Return (role, first, last) of BIO tags; an I without a B before it begins a span, as in CoNLL's scorer."""
    spans: list[tuple[str, int, int]] = []
    begun, role = 0, ""
    for at, tag in enumerate([*tags, "O"]):
        kind = tag[2:] if tag != "O" else ""
        if role and (kind != role or tag[0] == "B"):
            spans.append((role, begun, at))
            role = ""
        if kind and not role:
            begun, role = at, kind
    return tuple(spans)


def joined(words: tuple[str, ...]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the words as running text, and where each of them lies in it.

    The corpus sets marks, apostrophes and hyphens apart; running text, which is what is read, does not.
    """
    text, offsets = "", []
    for at, word in enumerate(words):
        before = words[at - 1] if at else ""
        if text and not _tight(
            before, word, words[at + 1] if at + 1 < len(words) else "", words[max(0, at - 2) : at - 1] if at > 1 else ()
        ):
            text += " "
        offsets.append((len(text), len(text) + len(word)))
        text += word
    return text, tuple(offsets)


def _tight(before: str, word: str, after: str, earlier: tuple[str, ...]) -> bool:
    """Whether no white space stands between two words."""
    if word in TIGHT_BEFORE or before in TIGHT_AFTER:
        return True
    if before in (".", ",") and word[:1].isdigit() and earlier and earlier[0][-1:].isdigit():
        return True  # "5.3 million", "20,000"
    if before == "." and after == "." and word.isupper() and len(word) == 1:
        return True  # "U.K."
    if before in ("’", "'") and word in ("s", "t", "re", "ve", "ll", "d", "m"):
        return True
    if word in ("-", "/"):
        return _ends_word(before) and after[:1].isalnum()
    return before in ("-", "/") and bool(earlier) and _ends_word(earlier[0]) and word[:1].isalnum()


def _ends_word(word: str) -> bool:
    """Whether a hyphen may follow without white space: letters or digits, or "U.S."."""
    return word[-1:].isalnum() or (len(word) > 2 and word.endswith("."))
