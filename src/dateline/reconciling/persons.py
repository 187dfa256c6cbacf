"""Spellings of one person's name, and which mentions are of one person.

A match is the sum of named weights (`knowledge/persons.toml`): surname and given name where they are spellings of one,
the office, the organisation, the side; and what speaks against it. A surname alone needs the same office or
organisation. Mentions are gathered around the most frequent full spelling, each compared with that one: no chains.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import anyascii
import msgspec

from dateline.knowledge.persons import office_words, persons_file
from dateline.reconciling.spelling import NameParts, consonants, known_name, likeness, parts_of

Reason = tuple[str, float]


class Named(msgspec.Struct, frozen=True):
    """A mention of a person: the fields of a `records.Source`; `key` is the mention's id, opaque here."""

    name: str
    role: str = ""
    organisation: str = ""
    entity: str = ""
    side: str = ""
    key: str = ""


class Match(msgspec.Struct, frozen=True):
    """Whether two mentions are of one person: the sum of the weights, 0 to 1, and each reason with its weight."""

    same: bool
    score: float
    reasons: tuple[Reason, ...]


class Joined(msgspec.Struct, frozen=True):
    """A mention of a person and why it is counted as one; no reasons for the spelling that the person is named by."""

    key: str
    name: str
    score: float
    reasons: tuple[Reason, ...]


class Person(msgspec.Struct, frozen=True):
    """A person: the most frequent full spelling of the name, all spellings with their numbers, and all mentions."""

    name: str
    spellings: tuple[tuple[str, int], ...]
    mentions: tuple[Joined, ...]


def same_person(a: Named, b: Named) -> Match:
    """Return whether two mentions are of one person, with the score and its reasons."""
    first, second = parts_of(a.name), parts_of(b.name)
    reasons = [*_names(first, second), *_circumstances(a, b, first, second)]
    score = round(min(max(sum(weight for _, weight in reasons), 0.0), 1.0), 3)
    return Match(score >= persons_file().limits.same, score, tuple(reasons))


def persons(named: Sequence[Named]) -> list[Person]:
    """Return the persons among the mentions, the most mentioned first; the order of `named` makes no difference.

    A mention that fits two persons about equally well stays apart.
    """
    counted = Counter(mention.name for mention in named)
    groups: dict[Named, list[Named]] = defaultdict(list)
    for mention in named:
        groups[msgspec.structs.replace(mention, key="")].append(mention)

    def rank(group: Named) -> tuple[bool, int, int, str, tuple[str, ...]]:
        parts = parts_of(group.name).parts
        return len(parts) < 2, -counted[group.name], -len(parts), group.name, _context(group)

    gathered = _Gathering()
    for group in sorted(groups, key=rank):
        gathered.add(group, sorted(groups[group], key=lambda mention: mention.key))
    return sorted(gathered.finished(), key=lambda person: (-len(person.mentions), person.name, person.mentions))


class _Cluster:
    """A person in the making: the name that stands for it, and the offices and sides told of it with a full name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.contexts: list[Named] = []
        self.mentions: list[Joined] = []

    def fit(self, mention: Named) -> Match:
        found = [same_person(context, mention) for context in self.contexts]
        return max(found, key=lambda match: match.score)

    def add(self, mention: Named, match: Match | None, members: Iterable[Named]) -> None:
        score, reasons = (match.score, match.reasons) if match else (1.0, ())
        self.mentions.extend(Joined(member.key, member.name, score, reasons) for member in members)
        context = msgspec.structs.replace(mention, name=self.name)
        if (not self.contexts or len(parts_of(mention.name).parts) > 1) and context not in self.contexts:
            self.contexts.append(context)

    def person(self) -> Person:
        spellings = Counter(mention.name for mention in self.mentions)
        ordered = sorted(spellings.items(), key=lambda item: (-item[1], item[0]))
        return Person(self.name, tuple(ordered), tuple(sorted(self.mentions, key=lambda m: (m.key, m.name))))


class _Gathering:
    """The persons found so far, by the first consonants of the parts of their names."""

    def __init__(self) -> None:
        self.clusters: list[_Cluster] = []
        self.blocks: dict[str, list[int]] = defaultdict(list)

    def add(self, mention: Named, members: Sequence[Named]) -> None:
        kept, sought = _blocks(parts_of(mention.name))
        near = sorted({index for block in sought for index in self.blocks.get(block, ())})
        fits = [(index, self.clusters[index].fit(mention)) for index in near]
        fits = sorted((fit for fit in fits if fit[1].same), key=lambda fit: (-fit[1].score, fit[0]))
        margin = persons_file().limits.margin
        clear = len(fits) == 1 or (fits and fits[0][1].score - fits[1][1].score >= margin)
        if fits and (clear or _exact(self.clusters, fits, mention)):
            self.clusters[fits[0][0]].add(mention, fits[0][1], members)
            return
        cluster = _Cluster(mention.name)
        cluster.add(mention, None, members)
        for block in kept:
            self.blocks[block].append(len(self.clusters))
        self.clusters.append(cluster)

    def finished(self) -> list[Person]:
        return [cluster.person() for cluster in self.clusters]


def _exact(clusters: Sequence[_Cluster], fits: Sequence[tuple[int, Match]], mention: Named) -> bool:
    """Return whether the best fit, and not the next one, has the very parts of the mention."""
    parts = parts_of(mention.name).parts
    return [parts_of(clusters[index].name).parts == parts for index, _ in fits[:2]] == [True, False]


def _blocks(name: NameParts) -> tuple[list[str], list[str]]:
    """Return the keys under which a name is kept, and those under which the ones that it may fit are found.

    Two full names of one person share two parts, so that a full name is found by pairs of them. A part's key are
    its first sounds, coarse enough that few spellings of it have another.
    """
    keys = [list(_keys(part)) for part in name.parts]
    single = sorted({key for found in keys for key in found})
    both = {tuple(sorted(two)) for x, y in itertools.combinations(keys, 2) for two in itertools.product(x, y)}
    pairs = sorted(" ".join(two) for two in both)
    full = [part for part in name.parts if len(part) > 1]
    return single + pairs, pairs if len(full) > 1 else single


def _keys(part: str) -> Iterable[str]:
    article = part[:2] in ("al", "el") and len(part) > 5
    for word in (part, part[2:]) if article else (part,):
        sounds = consonants(known_name(word) or word)
        yield "".join(_COARSE.get(sound, sound) for sound in sounds)[:2] or "-"


_COARSE = {
    "H": "", "h": "", "y": "", "k": "g", "J": "g", "C": "S", "s": "S", "z": "S", "t": "d", "p": "b", "f": "v", "b": "v",
}  # fmt: skip


def _context(named: Named) -> tuple[str, ...]:
    return named.role, named.organisation, named.entity, named.side


def _align(a: Sequence[str], b: Sequence[str]) -> tuple[tuple[int, int, float, str], ...]:
    """Return the pairs of alike parts, in the order of both, with the highest sum of likeness."""
    best: list[list[tuple[float, tuple[tuple[int, int, float, str], ...]]]]
    best = [[(0.0, ())] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            found = likeness(a[i - 1], b[j - 1])
            options = [best[i - 1][j], best[i][j - 1]]
            if found.score:
                total, pairs = best[i - 1][j - 1]
                options.append((total + found.score, (*pairs, (i - 1, j - 1, found.score, found.how))))
            best[i][j] = max(options, key=lambda option: option[0])
    return best[-1][-1][1]


def _names(first: NameParts, second: NameParts) -> list[Reason]:
    """Return what the two names say: which parts are alike, which differ."""
    a, b = _together(first.parts, second.parts), _together(second.parts, first.parts)
    a, b = (a, b) if (len(a), b) >= (len(b), a) else (b, a)
    pairs = _align(a, b)
    if min(len(a), len(b)) == 1:
        return _single(a, b, pairs)
    turned = len(a) == len(b) == 2 and len(pairs) < 2 and not _common(a) and len(_align(a, b[::-1])) == 2
    if turned:
        pairs = _align(a, b[::-1])
    left_a = [at for at in range(len(a)) if at not in {pair[0] for pair in pairs}]
    left_b = [at for at in range(len(b)) if at not in {pair[1] for pair in pairs}]
    if left_a and left_b:
        return _differing(a, b, pairs, left_a, left_b)
    weights, reasons = persons_file().weights, list[Reason]()
    for place, (_, _, score, how) in enumerate(pairs):
        kind = "surname" if place == len(pairs) - 1 else "given" if place == 0 else "other"
        words = {"surname": "surname", "given": "given name", "other": "another name"}[kind]
        reasons.append((f"{words} {how}", round(weights[kind] * score, 3)))
    if turned:
        reasons.append(("order of the names turned", weights["turned"]))
    reasons.extend(_outside(a, pairs, left_a))
    if _common(b):
        reasons.append(("names that many bear", weights["all_common"]))
    return reasons


def _together(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parts of `a` with two neighbours made one where `b` writes them as one: "Abu Qasra", "Abuqasra"."""
    for at in range(len(a) - 1):
        joined = a[at] + a[at + 1]
        apart = [part for part in b if not likeness(a[at], part).score and not likeness(a[at + 1], part).score]
        if any(abs(len(part) - len(joined)) <= 2 and likeness(joined, part).score for part in apart):
            return *a[:at], joined, *a[at + 2 :]
    return a


def _single(a: Sequence[str], b: Sequence[str], pairs: Sequence[tuple[int, int, float, str]]) -> list[Reason]:
    """Return what a single name says beside one of one or more parts."""
    weights = persons_file().weights
    if not pairs:
        return [(f"names differ: {' '.join(a)}, {b[0]}", weights["surname_differs"])]
    at, _, score, how = pairs[0]
    words = "surname alone" if at == len(a) - 1 else "given name alone" if at == 0 else "one name alone"
    return [(f"{words} {how}", round(weights["surname"] * score, 3))]


def _differing(
    a: Sequence[str],
    b: Sequence[str],
    pairs: Sequence[tuple[int, int, float, str]],
    left_a: list[int],
    left_b: list[int],
) -> list[Reason]:
    """Return what is said by two names of which each has parts that the other lacks."""
    weights = persons_file().weights
    reasons = []
    last = any(i == len(a) - 1 and j == len(b) - 1 for i, j, _, _ in pairs)
    first = any(i == 0 and j == 0 for i, j, _, _ in pairs)
    mine, theirs = " ".join(a[at] for at in left_a), " ".join(b[at] for at in left_b)
    for i, j, score, how in pairs:
        if i == len(a) - 1 and j == len(b) - 1:
            reasons.append((f"surname {how}", round(weights["surname"] * score, 3)))
        elif i == j == 0:
            reasons.append((f"given name {how}", round(weights["given"] * score, 3)))
    if last and first:
        reasons.append((f"middle names differ: {mine}, {theirs}", weights["middle_differs"]))
    elif last and all(len(word) == 1 for word in (mine, theirs)[len(mine) != 1 :][:1]) and mine[0] == theirs[0]:
        reasons.append((f"initial fits: {mine}, {theirs}", weights["initial"]))
    elif last:
        reasons.append((f"given names differ: {mine}, {theirs}", weights["given_differs"]))
    else:
        reasons.append((f"surnames differ: {mine}, {theirs}", weights["surname_differs"]))
    return reasons


def _outside(a: Sequence[str], pairs: Sequence[tuple[int, int, float, str]], left: Sequence[int]) -> list[Reason]:
    """Return what the parts of the longer name say that stand before or after all of the shorter one."""
    weights, reasons = persons_file().weights, list[Reason]()
    before = [a[at] for at in left if at < pairs[0][0]]
    after = [a[at] for at in left if at > pairs[-1][0]]
    if before:
        common = all(known_name(part) == "muhammad" for part in before)
        weight = weights["before_first_common" if common else "before_first"]
        reasons.append((f"a name before the first: {' '.join(before)}", weight))
    if len(before) + len(after) < len(left) and _common([a[at] for at, *_ in pairs]):
        reasons.append(("a name between names that many bear", weights["between_common"]))
    if after and _common([a[at] for at, *_ in pairs]):
        reasons.append((f"a name after names that many bear: {' '.join(after)}", weights["after_last_common"]))
    return reasons


def _common(parts: Sequence[str]) -> bool:
    return all(known_name(part) for part in parts)


def _circumstances(a: Named, b: Named, first: NameParts, second: NameParts) -> list[Reason]:
    """Return what office, rank, organisation and side say."""
    weights, reasons = persons_file().weights, list[Reason]()
    common = _common(first.parts) or _common(second.parts)
    office_a, office_b = _office(a.role, first.office), _office(b.role, second.office)
    if office_a[0] and office_b[0]:
        same = office_a[0] == office_b[0] and (
            not office_a[1] or not office_b[1] or any(likeness(x, y).score for x in office_a[1] for y in office_b[1])
        )
        told = max((a.role, b.role, " ".join(office_a[0])), key=len)
        if same:
            reasons.append((f"same office: {told}", weights["office"]))
        elif office_a[0] == office_b[0]:
            weight = weights["common_office_differs" if common else "office_differs"]
            reasons.append((f"office of another place: {a.role}, {b.role}", weight))
    ranks = [rank for rank in first.ranks if rank in second.ranks]
    if ranks:
        reasons.append((f"same rank: {' '.join(ranks)}", weights["rank"]))
    for mine, theirs in ((a.entity, b.entity), (a.organisation, b.organisation)):
        if mine and theirs and mine.casefold() == theirs.casefold():
            told = a.organisation or a.entity
            reasons.append((f"same organisation: {told}", weights["organisation"]))
            break
    if a.side and b.side:
        if a.side == b.side:
            reasons.append((f"same side: {a.side}", weights["side"]))
        else:
            weight = weights["common_side_differs" if common else "side_differs"]
            reasons.append((f"other side: {a.side}, {b.side}", weight))
    return reasons


@functools.lru_cache(maxsize=1 << 14)
def _office(role: str, before: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words for the office, and those that say of what; empty where the role names no office."""
    file, same = persons_file(), office_words()
    words = [same.get(word, word) for word in parts_of_role(role)]
    known = {same.get(word, word) for word in file.before.offices - file.before.former}
    office = frozenset(word for word in words if word in known) or frozenset(before) - file.before.former
    ranks = file.before.ranks | file.before.address | file.before.former
    rest = frozenset(word for word in words if word not in known | ranks | file.roles.stop)
    return office, rest


def parts_of_role(role: str) -> list[str]:
    """Return the words of a role in small letters: "Badghis Governor" -> badghis, governor."""
    return [word for word in re.split(r"[^\w]+", anyascii.anyascii(role).lower()) if word]
