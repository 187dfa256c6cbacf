"""Things of one name or description gathered: who and what takes part in an incident, and under which words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from dateline.knowledge.nouns import noun_lexicon
from dateline.training.muc4.matching import content, head
from dateline.training.muc4.stories import TITLES, Story, Thing

ENDS = (
    "er",
    "or",
    "ist",
    "ian",
    "man",
    "men",
    "ant",
    "ent",
    "woman",
    "yist",
    "ess",
    "iff",
    "ive",
    "ers",
    "ors",
    "ists",
)
NO_ROLES = frozenset({"old", "number", "member", "people", "persons", "person", "government", "mr", "mrs", "father of"})


class Entity(msgspec.Struct, frozen=True):
    """Someone or something with a role: its things, the words that name it, the chance that it has the role.

    `personal` is True for a named person, who goes into the slot of names with `title` as description.
    """

    role: str
    words: str
    chance: float
    things: tuple[Thing, ...]
    personal: bool = False
    title: str = ""


def is_person(thing: Thing) -> bool:
    """Return whether a thing is a named person."""
    return thing.mention.named and thing.mention.label == "person"


def fullest(story: Story, thing: Thing) -> str:
    """Return the fullest name that the text gives to a named person."""
    ours = content(thing.words)
    best = thing.words
    for other in story.things:
        theirs = content(other.words)
        if is_person(other) and len(theirs) > len(content(best)) and _part(ours, theirs):
            best = other.words
    return best


def _part(inner: tuple[str, ...], outer: tuple[str, ...]) -> bool:
    width = len(inner)
    return len(inner[-1]) > 2 and any(outer[at : at + width] == inner for at in range(len(outer) - width + 1))


def title_of(story: Story, name: str) -> str:
    """Return the fullest title or role that stands with a person of this name anywhere in the text."""
    wanted = content(name)
    persons = {other.number for other in story.things if is_person(other) and _part(content(other.words), wanted)}
    found = {cleaned_role(story.things[number].mention.role, wanted) for number in persons}
    for other in story.things:
        if not other.mention.named and apposed(story, other) in persons:
            found.add(cleaned_role(other.words, wanted))
    return max(sorted(found), key=lambda role: len(role.split()), default="")


def cleaned_role(role: str, name: tuple[str, ...]) -> str:
    """Return a title or role in capitals without parts of the name at its end; "" where it names no role."""
    words = [word.strip("[],;:") for word in role.split()]
    while words and (words[-1].upper() in name or not words[-1] or _is_name(words[-1])):
        words.pop()
    if not words:
        return ""
    upper = " ".join(words).upper()
    last = head(upper).lower()
    known = noun_lexicon().find((last,), 0)
    fits = (known is not None and known[0].kind not in ("", "facility")) or last in TITLES or last.endswith(ENDS)
    return upper if fits and last not in NO_ROLES else ""


def _is_name(word: str) -> bool:
    low = word.lower()
    return word.istitle() and low not in TITLES and noun_lexicon().find((low,), 0) is None and not low.endswith(ENDS)


def apposed(story: Story, thing: Thing) -> int:
    """Return the number of the named person that a description stands in apposition to, -1 where there is none."""
    parse, mention = story.parse, thing.mention
    near = [child for child in parse.children[mention.head] if parse.deps[child] == "appos"]
    if parse.deps[mention.head] == "appos":
        near.append(parse.heads[mention.head])
    persons = (other for other in story.things if other.sentence == thing.sentence and is_person(other))
    for other in persons:
        if any(other.mention.first <= token < other.mention.last for token in near):
            return other.number
    return -1


def gathered(
    story: Story, things: Iterable[Thing], chances: Mapping[int, Mapping[str, float]], least: Mapping[str, float]
) -> list[Entity]:
    """Return the entities of an incident, the surest first.

    `chances` gives the probability of each role by the number of a thing; a thing takes the role in which it
    is furthest above `least`.
    """
    held: dict[tuple[str, str], list[tuple[float, Thing]]] = {}
    for thing in things:
        given = chances.get(thing.number, {})
        best = max(least, key=lambda role: given.get(role, 0.0) / least[role])
        chance = given.get(best, 0.0)
        if chance < least[best] * 0.4:
            continue
        person = is_person(thing)
        name = fullest(story, thing) if person else " ".join(content(thing.words))
        held.setdefault((best, name), []).append((chance, thing))
    found = []
    for (role, name), pairs in held.items():
        missed = 1.0
        for chance, _ in pairs:
            missed *= 1 - chance
        chance = max(max(c for c, _ in pairs), 1 - missed if len(pairs) > 1 else 0.0)
        if chance < least[role]:
            continue
        members = tuple(thing for _, thing in pairs)
        person = any(is_person(thing) for thing in members)
        words = name if person else max((thing.words for thing in members), key=len)
        title = title_of(story, name) if person else ""
        found.append(Entity(role, words, chance, members, person, title))
    return _single(story, sorted(found, key=lambda one: (-one.chance, one.words)))


def _single(story: Story, entities: list[Entity]) -> list[Entity]:
    """Leave out what is said twice: a part of another's words, the same head, the role of someone named."""
    kept: list[Entity] = []
    named = {thing.number for one in entities if one.personal for thing in one.things}
    titles = {word for one in entities if one.personal for word in content(one.title)}
    for one in entities:
        ours = content(one.words)
        again = False
        for place, other in enumerate(kept):
            theirs = content(other.words)
            if one.role != other.role or not ours or not theirs or one.personal != other.personal:
                continue
            known = {t.mention.entity for t in one.things} & {t.mention.entity for t in other.things} - {""}
            same_head = (
                story.parse.lemmas[one.things[0].mention.head] == story.parse.lemmas[other.things[0].mention.head]
            )
            if (
                _part(ours, theirs)
                or _part(theirs, ours)
                or (known and one.role == "organisation")
                or (same_head and not one.personal and (len(ours) == 1 or len(theirs) == 1))
            ):
                again = True
                if len(theirs) == 1 < len(ours) and not one.personal:
                    kept[place] = msgspec.structs.replace(other, words=one.words, things=other.things + one.things)
                break
        last = story.parse.texts[one.things[0].mention.head].upper()
        with_name = {apposed(story, thing) for thing in one.things} - {-1}
        again = again or (one.role == "human" and not one.personal and bool(with_name & named))
        if one.role == "human" and not one.personal and last in titles:
            single = story.parse.tags[one.things[0].mention.head] in ("NN", "NNP")
            again = again or len(ours) == 1 or single
        if not again:
            kept.append(one)
    return kept
