"""How something was said: in a statement, by phone, on state television, to reporters."""

from __future__ import annotations

from dateline.attribution.lexicon import words
from dateline.attribution.saying import Saying
from dateline.attribution.tree import Tree
from dateline.records import Span

BY = frozenset({"in", "on", "by", "via", "through", "at", "during", "over", "from", "under", "with"})
TO = frozenset({"to", "for"})
ENDS = frozenset({",", ";", "(", "that", "which", "who"})
STOPS = frozenset({"relcl", "punct", "appos"})


def channel_of(tree: Tree, saying: Saying) -> tuple[str, Span | None]:
    """Return the words that say how it was said, without article, and their span; ("", None) if none do."""
    found: list[tuple[int, int, str]] = []
    known = words()
    parse = tree.parse
    for verb in _verbs(tree, saying):
        holders = [verb]
        if saying.speaker is not None:
            holders.append(saying.speaker)
        for preposition in [kid for one in holders for kid in tree.kids(one, "prep", "dative", "agent")]:
            word = tree.lower[preposition]
            noun = tree.kid(preposition, "pobj")
            if noun is None or noun in saying.content:
                continue
            lemma = parse.lemmas[noun].lower()
            aside = _on_speaker(saying, preposition, tree) and tree.lower[preposition - 1] != ","
            if aside and saying.speaker is not None and saying.speaker < verb:
                continue
            if word == "by" and parse.pos[noun] == "PROPN":
                continue  # "was quoted by Radio X"
            if word in BY and (
                lemma in known.channels or _other_channel(tree, noun) or _by_way_of(tree, preposition, noun)
            ):
                found.append(_phrase(tree, noun, ""))
                found.extend(_to_audience(tree, noun))
            elif word in TO and lemma in known.audiences:
                found.append(_phrase(tree, noun, f"{word} "))
        found.extend(
            _phrase(tree, noun, "to ")
            for noun in tree.kids(verb, "dobj", "dative")
            if noun not in saying.content
            and parse.pos[noun] in ("NOUN", "PROPN")
            and parse.lemmas[noun].lower() in known.audiences
        )
    found.extend(_read_out(tree, saying))
    found.extend(_reached_by(tree, saying.speaker))
    found.extend(_joined(tree, saying.speaker))
    if not found:
        return _sent(tree, saying)
    found = sorted(set(found))
    outer = [one for one in found if not any(o != one and o[0] <= one[0] and one[1] <= o[1] for o in found)]
    text = " ".join(one[2] for one in outer)
    return text, tree.span(outer[0][0], outer[0][1])


def _on_speaker(saying: Saying, preposition: int, tree: Tree) -> bool:
    """Whether a phrase hangs on the speaker, not on the cue."""
    return tree.parse.heads[preposition] == saying.speaker


def _by_way_of(tree: Tree, preposition: int, noun: int) -> bool:
    """Whether a phrase says through whom or where words were said ("via Skype", "in court")."""
    word, lemma = tree.lower[preposition], tree.parse.lemmas[noun].lower()
    if word == "via":
        return True
    if word in ("through", "by"):
        return word == "through" and lemma in words().go_betweens
    return word in ("in", "at") and lemma in words().stages


def _read_out(tree: Tree, saying: Saying) -> list[tuple[int, int, str]]:
    """Return what the speaker read from ("Reading a statement on national television, Bek said ...")."""
    found = []
    for kid in tree.kids(saying.anchor, "advcl"):
        thing = tree.kid(kid, "dobj")
        if thing is None or tree.parse.tags[kid] != "VBG" or kid in saying.content:
            continue
        if tree.parse.lemmas[thing].lower() in words().channels:
            found.append(_phrase(tree, thing, ""))
    return found


def _reached_by(tree: Tree, speaker: int | None) -> list[tuple[int, int, str]]:
    """Return how a speaker was reached ("said a nurse reached by telephone")."""
    if speaker is None:
        return []
    _, end = tree.bounds(speaker)
    for token in range(speaker + 1, min(speaker + 6, end - 2)):
        if tree.parse.lemmas[token].lower() in words().reaching and tree.lower[token + 1] in BY:
            for noun in range(token + 2, min(token + 5, end)):
                if tree.parse.lemmas[noun].lower() in words().channels:
                    return [_phrase(tree, noun, "")]
    return []


def _joined(tree: Tree, speaker: int | None) -> list[tuple[int, int, str]]:
    """Return the channel that the parser joined to the speaker ("In a communiqué Bek boasted of ...")."""
    parse = tree.parse
    above = parse.heads[speaker] if speaker is not None else 0
    if speaker is None or parse.pos[speaker] != "PROPN" or tree.lower[above] not in ("in", "on", "via"):
        return []
    things = (t for t in range(above + 1, speaker) if parse.lemmas[t].lower() in words().channels)
    return [(thing, thing + 1, parse.texts[thing]) for thing in list(things)[:1]]


def _sent(tree: Tree, saying: Saying) -> tuple[str, Span | None]:
    """Return the channel that the cue itself names ("tweeted")."""
    first, last = saying.cue
    way = words().sending.get(tree.parse.lemmas[saying.anchor].lower(), "")
    return (way, tree.span(first, last)) if way and tree.verbal(saying.anchor) else ("", None)


def _verbs(tree: Tree, saying: Saying) -> list[int]:
    """Return the cue and the verbs beside it that may carry the channel ("issued a statement saying")."""
    verb = saying.anchor
    found = [verb]
    head = tree.parse.heads[verb]
    if head != verb and tree.parse.deps[verb] in ("advcl", "conj", "xcomp") and tree.verbal(head):
        found.append(head)
    found.extend(tree.kids(verb, "advcl"))
    if saying.speaker is not None:
        found.extend(tree.kids(saying.speaker, "acl"))
    return [one for one in found if one == verb or one not in saying.content]


def _other_channel(tree: Tree, noun: int) -> bool:
    """Whether the noun is a channel by its company: "a Facebook page", "condition of anonymity"."""
    if tree.parse.lemmas[noun].lower() == "condition":
        return "anonymity" in tree.lower[noun + 1 : noun + 4]
    return any(tree.parse.lemmas[kid].lower() in words().channels for kid in tree.kids(noun, "compound"))


def _to_audience(tree: Tree, noun: int) -> list[tuple[int, int, str]]:
    found = []
    for preposition in tree.kids(noun, "prep"):
        held = tree.kid(preposition, "pobj")
        if tree.lower[preposition] in ("to", "with", "on") and held is not None:
            found.append(_phrase(tree, held, f"{tree.lower[preposition]} "))
    return found


def _phrase(tree: Tree, noun: int, before: str) -> tuple[int, int, str]:
    """Return the noun phrase up to a relative clause or a comma: first and last token, and its words."""
    parse = tree.parse
    first, last = tree.left[noun], tree.right[noun] + 1
    for kid in parse.children[noun]:
        if kid > noun and parse.deps[kid] in STOPS:
            last = min(last, tree.left[kid])
            break
    last = next((token for token in range(noun + 1, last) if tree.lower[token] in ENDS), last)
    while first < noun and (parse.pos[first] in ("DET", "PUNCT") or parse.deps[first] == "poss"):
        first += 1
    while last > noun + 1 and parse.pos[last - 1] in ("PUNCT", "ADP"):
        last -= 1
    span = tree.span(first, last)
    return first, last, before + " ".join(span.of(tree.text).split())
