"""Take a noun phrase that names a speaker apart: the name, the office, the words that describe."""

from __future__ import annotations

import msgspec

from dateline.attribution.lexicon import words
from dateline.attribution.tree import Tree

DASHES = frozenset({",", "-", "--", "–", "—", "(", ")", ":"})
PARTICLES = frozenset({"al", "bin", "de", "-", "van", "von", "ibn", "ould", "el"})


class Named(msgspec.Struct, frozen=True):
    """A speaker's name and role as tokens (half-open), (0, 0) where the phrase holds none."""

    first: int
    last: int
    name: tuple[int, int]
    role: tuple[int, int]


def bounds(tree: Tree, head: int, verb: int) -> tuple[int, int]:
    """Return the tokens (half-open) of the phrase of `head`, with appositions, without relative clauses."""
    parse = tree.parse
    first, last = tree.left[head], tree.right[head] + 1
    for kid in parse.children[head]:
        if kid < head:
            continue
        dep = parse.deps[kid]
        behind_comma = tree.lower[tree.left[kid] - 1] == ","
        of_the_cue = verb < head and dep == "prep" and _when_or_how(tree, kid)
        if dep == "relcl" or of_the_cue or (behind_comma and dep in ("prep", "advcl", "acl", "npadvmod")):
            last = min(last, tree.left[kid])
            break
    for token in range(head + 1, last):
        clause = parse.deps[token] == "relcl" and tree.left[token] > head + 1
        if clause and tree.lower[tree.left[token] - 1] == ",":
            last = tree.left[token]
            break
    if first <= verb < last:
        first, last = (first, verb) if verb > head else (verb + 1, last)
    while (
        last > head + 1 and (tree.punctuation(last - 1) or parse.deps[last - 1] == "cc") and tree.lower[last - 1] != ")"
    ):
        last -= 1
    if last > head + 1 and parse.tags[last - 1] == "POS":
        last -= 1
    if parse.pos[head] == "PROPN" and tree.lower[first] in ("a", "an", "the"):
        things = (t for t in range(first + 1, head) if parse.pos[t] in ("NOUN", "ADJ"))
        thing = next((t for t in things if parse.lemmas[t].lower() in words().channels), None)
        first = first if thing is None else thing + 1  # "In a communiqué Bek boasted of ..."
    while first < head and tree.punctuation(first):
        first += 1
    return first, last


def _when_or_how(tree: Tree, preposition: int) -> bool:
    """Whether a phrase behind "said X" tells of the saying: a date, or how it was said."""
    noun = tree.kid(preposition, "pobj")
    if noun is None or tree.lower[preposition] == "of":
        return False
    return bool(tree.dates[noun]) or (
        tree.lower[preposition] in ("in", "on", "by", "via", "during")
        and tree.parse.lemmas[noun].lower() in words().channels
    )


def take_apart(tree: Tree, first: int, last: int, persons: set[int]) -> Named:
    """Return name and role in the tokens `first` to `last`; `persons` are tokens of persons' names."""
    name, role = (0, 0), (0, 0)
    for start, end in _parts(tree, first, last):
        office = _last_office(tree, start, end)
        tail = _name_tail(tree, start, end, office, persons)
        if tail is not None and tail > start and tree.parse.pos[tail - 1] == "ADP":
            tail = None  # "the mayor of Kherson", "a spokesman for Lado"
        led = _led_by_person(tree, start, end, persons)
        if led is not None and office is None and name == (0, 0):
            name = led
        elif tail is not None and name == (0, 0):
            name = (tail, end)
            if tail > start and role == (0, 0):
                role = (start, tail)
        elif office is not None and (role == (0, 0) or _honorific(tree, role)):
            role = (start, _before_relative(tree, start, end))
    if _honorific(tree, role):
        role = (0, 0)
    return Named(first, last, name, _without_article(tree, role))


def _led_by_person(tree: Tree, start: int, end: int, persons: set[int]) -> tuple[int, int] | None:
    """Return the name that opens a part and is not its end ("Bek of the council", "Bek and Lado")."""
    last = start
    while last < end and last in persons and not tree.punctuation(last):
        last += 1
    if start < last < end and (tree.lower[last] in ("of", "from", "at", "with", "and", "for")):
        return start, last
    return None


def _honorific(tree: Tree, role: tuple[int, int]) -> bool:
    return role[1] - role[0] == 1 and tree.lower[role[0]].rstrip(".") in words().honorifics


def _before_relative(tree: Tree, start: int, end: int) -> int:
    return next((token for token in range(start + 1, end) if tree.lower[token] in ("who", "which", "whose")), end)


def completed(tree: Tree, named: Named, persons: set[int]) -> Named:
    """Return a phrase with the name or the office that stands beside it, cut off by the parser.

    "the head of the council, Abdul Aziz Bek, ..." and "Member of the council, Abdul Aziz Bek said".
    """
    start, end = tree.bounds(named.first)
    if named.name == (0, 0) and named.role != (0, 0) and named.last < end and tree.lower[named.last] == ",":
        last = named.last + 1
        while last < end and last in persons:
            last += 1
        if last > named.last + 1:
            return Named(named.first, last, (named.last + 1, last), named.role)
    if named.name == (0, 0) and named.role != (0, 0) and named.first - 2 > start:
        run = named.first - 1
        while run > start and run - 1 in persons:
            run -= 1
        if tree.lower[named.first - 1] == "," and run < named.first - 1 and tree.lower[run - 1] == ",":
            return Named(run, named.last, (run, named.first - 1), named.role)
    if named.role == (0, 0) and named.name != (0, 0) and named.first - 1 > start:
        if tree.lower[named.first - 1] != ",":
            return named
        first = named.first - 1
        while first > start and tree.lower[first - 1] not in DASHES and not tree.quoted[first - 1]:
            first -= 1
        office = _last_office(tree, first, named.first - 1)
        verbs = any(tree.verbal(token) for token in range(first, named.first - 1))
        if office is not None and office - first <= 3 and not verbs:
            role = _without_article(tree, (first, named.first - 1))
            return Named(first, named.last, named.name, role)
    return named


def _parts(tree: Tree, first: int, last: int) -> list[tuple[int, int]]:
    found, start = [], first
    for token in range(first, last):
        if tree.lower[token] in DASHES and not _inside_word(tree, token):
            if token > start:
                found.append((start, token))
            start = token + 1
    if start < last:
        found.append((start, last))
    return found


def _inside_word(tree: Tree, token: int) -> bool:
    parse = tree.parse
    return (
        tree.lower[token] == "-"
        and token > 0
        and parse.ends[token - 1] == parse.starts[token]
        and token + 1 < len(parse)
        and parse.starts[token + 1] == parse.ends[token]
    )


def _last_office(tree: Tree, start: int, end: int) -> int | None:
    known = words()
    for token in range(end - 1, start - 1, -1):
        word = tree.lower[token].rstrip(".")
        if word in known.offices or word in known.titles:
            return token
        if tree.parse.lemmas[token].lower() in known.offices and (token == end - 1 or not _proper(tree, token + 1)):
            return token  # "officials of the ministry", but not "Doctors Without Borders"
    return None


def _name_tail(tree: Tree, start: int, end: int, office: int | None, persons: set[int]) -> int | None:
    """Return where the name begins in a part that ends with one."""
    parse = tree.parse
    tail = end
    lowest = start if office is None else office + 1
    while tail > lowest and _proper(tree, tail - 1):
        tail -= 1
    if tail == end:
        return None
    inside = [token for token in range(tail, end) if token in persons]
    if office is not None and tail == office + 1:
        return tail
    if inside:
        return inside[0] if office is not None or inside[0] > tail else tail
    if office is None and tail == start and parse.pos[tail] == "PROPN" and end - start <= 4:
        return tail
    return None


def _proper(tree: Tree, token: int) -> bool:
    word = tree.parse.texts[token]
    return tree.parse.pos[token] == "PROPN" or (word[:1].isupper() and word.isalpha()) or word in PARTICLES


def _without_article(tree: Tree, part: tuple[int, int]) -> tuple[int, int]:
    first, last = part
    while first < last and tree.lower[first] in ("the", "a", "an", "its", "their", "his", "her"):
        first += 1
    return (first, last) if first < last else (0, 0)
