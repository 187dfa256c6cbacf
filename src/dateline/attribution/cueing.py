"""Find the cues of a report with their speakers and what they take as content."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.attribution import content, endings, headlines
from dateline.attribution.lexicon import Cue, Phrase, cues, index, words
from dateline.attribution.saying import Saying
from dateline.attribution.speaking import antecedent, owner, speaker_of
from dateline.attribution.tree import Tree

PARTS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADV": "adverb", "ADJ": "adjective"}


def find(tree: Tree, *, attitudes: bool) -> list[Saying]:
    """Return the sayings of the report in the order of their cues, quotations not yet joined."""
    known = index()
    phrases = _phrases()
    found: list[Saying] = []
    parse = tree.parse
    for token, pos in enumerate(parse.pos):
        starting = phrases.get(tree.lower[token])
        if starting is not None:
            found.extend(_phrase(tree, token, starting))
            continue
        part = PARTS.get(pos)
        if part is None:
            continue
        lemma = parse.lemmas[token].lower()
        if part == "verb":
            particle = tree.kid(token, "prt")
            entries = () if particle is None else known.get((part, f"{lemma} {tree.lower[particle]}"), ())
            entries = entries or known.get((part, lemma), ())
        else:
            entries = known.get((part, lemma), ())
        if not attitudes:
            entries = tuple(cue for cue in entries if cue.sort != "attitude")
        if entries:
            saying = READERS[part](tree, token, entries)
            if saying is not None:
                found.append(saying)
    found.extend(_misread(tree, known))
    ended = list(endings.find(tree, {saying.anchor for saying in found if saying.content}))
    again = {saying.anchor for saying in ended}
    found = [saying for saying in found if saying.anchor not in again] + ended
    found.extend(headlines.find(tree))
    used = {saying.cites for saying in found}
    return [saying for saying in found if saying.anchor not in used]


def _verb(tree: Tree, token: int, entries: tuple[Cue, ...]) -> Saying | None:
    parse = tree.parse
    speaker = speaker_of(tree, token, quoted=_mark_before(tree, token))
    passive = bool(tree.kids(token, "nsubjpass", "auxpass"))
    if _participle(tree, token):
        speaker, passive = speaker_of(tree, token) if parse.deps[token] == "acl" else None, True
    if speaker is not None and _nobody(tree, speaker):
        return None
    if parse.lemmas[token].lower() in ("quote", "cite") and any(
        tree.lower[kid] == "as" and tree.kids(kid, "pcomp") for kid in tree.kids(token, "prep")
    ):
        return None  # "quoted the mayor as saying": the mayor speaks
    group = _group(tree, token)
    for cue in entries:
        if cue.speakers and not _is_evidence(tree, speaker):
            continue
        for kind in cue.takes:
            if cue.objects:
                said = content.named_object(tree, token, cue.objects)
            else:
                said = content.TAKERS.get(kind, content.preposition)(tree, token, kind, speaker)
            if not said or (kind == "object" and _idle(tree, token, cue)):
                continue
            if kind == "object" and speaker in said:
                continue  # "..., alleged the council"
            if speaker is None and not _may_be_unnamed(tree, token, kind, passive):
                continue
            (said.add if cue.itself else said.discard)(token)
            saying = Saying(token, group, cue.sort, cue.id, speaker, said, told=_told(tree, token, speaker, said))
            if speaker is None:
                saying.hedge = " ".join(tree.lower[slice(*group)])
            _pass_on(tree, saying)
            return saying
    cue = entries[0]
    speaking = any("clause" in one.takes and one.sort == "speech" for one in entries)
    if not speaking or parse.deps[token] in ("amod", "compound"):
        return None
    told = _told(tree, token, speaker, set())
    return Saying(token, group, cue.sort, cue.id, speaker, told=told, quotable=True)


def _nobody(tree: Tree, speaker: int) -> bool:
    """Whether the subject says that there is no speaker ("No group has claimed the raid")."""
    if tree.lower[speaker] in ("nobody", "none", "neither"):
        return True
    return any(tree.lower[kid] in ("no", "neither") for kid in tree.kids(speaker, "det"))


def _participle(tree: Tree, verb: int) -> bool:
    """Whether the verb is a bare past participle ("Asked about ...", "a town said to be ...")."""
    parse = tree.parse
    bare = parse.tags[verb] == "VBN" and not tree.kids(verb, "aux")
    return bare and parse.deps[verb] in ("advcl", "acl", "amod")


def _may_be_unnamed(tree: Tree, verb: int, kind: str, passive: bool) -> bool:
    """Whether words may be attributed though nobody is named: passives, gerunds, participles; not orders."""
    if passive:
        return kind not in ("order", "infinitive", "object", "figure")
    return tree.parse.tags[verb] in ("VBG", "VBN")


def _idle(tree: Tree, verb: int, cue: Cue) -> bool:
    """Whether the object is one that is not said ("claimed twenty lives")."""
    return any(tree.parse.lemmas[kid].lower() in cue.never for kid in tree.kids(verb, "dobj"))


def _misread(tree: Tree, known: dict[tuple[str, str], tuple[Cue, ...]]) -> Iterator[Saying]:
    """Yield a saying for a cue that ends its sentence and was taken for a noun ("..., the agency reports.")."""
    parse = tree.parse
    for sentence in parse.sentences:
        last = sentence.last - 1
        while last > sentence.first and tree.punctuation(last):
            last -= 1
        entries = known.get(("verb", parse.lemmas[last].lower()), ())
        said = any(cue.sort == "speech" and "clause" in cue.takes for cue in entries)
        if parse.tags[last] != "NNS" or not said or parse.pos[last - 1] not in ("PROPN", "NOUN"):
            continue
        comma = next((t for t in range(last - 1, max(sentence.first, last - 9), -1) if tree.lower[t] == ","), 0)
        named = range(comma + 1, last)
        before = range(sentence.first, comma)
        finite = any(parse.tags[t] in ("VBD", "VBZ", "VBP", "MD", "VBN") for t in before)
        if not comma or not finite or any(tree.verbal(t) or tree.lower[t] in ("of", "and") for t in named):
            continue
        speaker = next((t for t in named if any(tree.lower[k] == "for" for k in parse.children[t])), last - 1)
        content = {token for token in before if not tree.punctuation(token)}
        yield Saying(last, (last, last + 1), "speech", "misread", speaker, content)


def _noun(tree: Tree, token: int, entries: tuple[Cue, ...]) -> Saying | None:
    for cue in entries:
        if "possessor" in cue.takes:
            preposition, possessor = tree.parse.heads[token], tree.kid(token, "poss")
            if (
                possessor is not None
                and tree.lower[preposition] in ("by", "in")
                and tree.left[token] == preposition + 1
            ):
                said = content.around(tree, preposition, token)
                return Saying(token, (token, token + 1), cue.sort, cue.id, possessor, said, quotable=True)
            continue
        if "of" in cue.takes:
            said = content.told_of(tree, token)
        else:
            said = content.of_noun(tree, token, infinitive="infinitive" in cue.takes)
        if said:
            speaker = owner(tree, token, of="of" not in cue.takes)
            return Saying(token, (token, token + 1), cue.sort, f"{cue.id}-noun", speaker, said)
    return None


def _adjective(tree: Tree, token: int, entries: tuple[Cue, ...]) -> Saying | None:
    clause = tree.kid(token, "ccomp")
    head = tree.parse.heads[token]
    speaker = tree.kid(head, "nsubj")
    if clause is None or speaker is None or tree.parse.deps[token] != "acomp" or tree.lower[speaker] == "it":
        return None
    return Saying(token, (token, token + 1), entries[0].sort, entries[0].id, speaker, content.clause_of(tree, clause))


def _adverb(tree: Tree, token: int, entries: tuple[Cue, ...]) -> Saying | None:
    head = tree.parse.heads[token]
    if head == token or not tree.verbal(head):
        return None
    said = content.core(tree, head)
    said.discard(token)
    return Saying(token, (token, token + 1), entries[0].sort, entries[0].id, None, said, hedge=tree.lower[token])


READERS = {"verb": _verb, "noun": _noun, "adverb": _adverb, "adjective": _adjective}


def _phrases() -> dict[str, list[tuple[tuple[str, ...], Phrase]]]:
    found: dict[str, list[tuple[tuple[str, ...], Phrase]]] = {}
    for phrase in cues().phrase:
        for line in phrase.words:
            parts = tuple(line.split())
            found.setdefault(parts[0], []).append((parts, phrase))
    return found


def _phrase(tree: Tree, token: int, starting: list[tuple[tuple[str, ...], Phrase]]) -> Iterator[Saying]:
    for parts, phrase in starting:
        last = token + len(parts) - 1
        if tuple(tree.lower[token : last + 1]) != parts:
            continue
        speaker = tree.kid(last, "pobj")
        if speaker is None or tree.lower[speaker] in phrase.never:
            return
        said = content.around(tree, token, speaker)
        yield Saying(token, (token, last + 1), "speech", phrase.id, speaker, said, quotable=True)
        return


def _pass_on(tree: Tree, saying: Saying) -> None:
    """Find who passes the words on: "X reported ..., citing Y"; "Y was quoted by X as saying ..."."""
    verb = saying.anchor
    for kid in [*tree.kids(verb, "advcl", "prep", "acl"), *_below(tree, saying)]:
        if tree.lower[kid] in ("citing", "quoting") and saying.speaker is not None:
            cited = tree.kid(kid, "dobj")
            if cited is not None:
                saying.through.append(saying.speaker)
                saying.speaker, saying.cites = cited, kid
                saying.content -= set(range(tree.left[kid], tree.right[kid] + 1))
                return
    head = tree.parse.heads[verb]
    governor = tree.parse.heads[head] if tree.parse.deps[verb] == "pcomp" else head
    if governor != verb and tree.parse.lemmas[governor].lower() in ("quote", "cite"):
        for token in [governor, *tree.kids(governor, "nsubj", "dobj", "nsubjpass", "auxpass")]:
            saying.content -= set(range(tree.left[token], tree.right[token] + 1)) if token != governor else {token}
        for by in [*tree.kids(governor, "agent", "prep"), *tree.kids(verb, "agent", "prep")]:
            named = tree.kid(by, "pobj")
            if tree.lower[by] == "by" and named is not None:
                saying.through.append(named)
                return
        subject = tree.kid(governor, "nsubj")
        if subject is not None and subject != saying.speaker:
            saying.through.append(subject)


def _below(tree: Tree, saying: Saying) -> list[int]:
    return [
        t
        for t in sorted(saying.content)
        if tree.lower[t] in ("citing", "quoting")
        and t > saying.anchor
        and tree.parse.deps[t] in ("advcl", "prep")
        and tree.lower[t - 1] == ","
    ]


def _group(tree: Tree, verb: int) -> tuple[int, int]:
    """Return the verb with its auxiliaries, negation, adverbs between them and particle."""
    parse = tree.parse
    first, last = verb, verb + 1
    for kid in reversed(parse.children[verb]):
        if kid < verb and kid == first - 1 and parse.deps[kid] in ("aux", "auxpass", "neg", "advmod"):
            if parse.deps[kid] == "advmod" and tree.left[kid] != kid:
                break
            first = kid
    for kid in parse.children[verb]:
        if kid == last and parse.deps[kid] in ("prt", "neg"):
            last = kid + 1
    return first, last


def _told(tree: Tree, verb: int, speaker: int | None, said: set[int]) -> list[int]:
    """Return to whom something is said: "told AFP", "the colonel, speaking to AFP, said"."""
    found = [kid for kid in tree.kids(verb, "dobj", "dative") if kid not in said and tree.lower[kid] != "to"]
    aside = tree.kids(verb, "advcl") + ([] if speaker is None else tree.kids(speaker, "acl"))
    holders = [verb, *(kid for kid in aside if tree.parse.lemmas[kid].lower() in ("speak", "talk"))]
    for holder in holders:
        for preposition in tree.kids(holder, "prep", "dative"):
            if tree.lower[preposition] in ("to", "with") and preposition not in said:
                found.extend(tree.kids(preposition, "pobj"))
    return found


def _mark_before(tree: Tree, verb: int) -> bool:
    """Whether the verb follows a quotation or a comma, and may be inverted."""
    return verb > 0 and tree.lower[verb - 1] in ('"', "''", "”", "»", ",", "?", "!")


def _is_evidence(tree: Tree, speaker: int | None) -> bool:
    if speaker is None:
        return False
    noun = antecedent(tree, speaker)
    return tree.parse.lemmas[speaker if noun is None else noun].lower() in words().evidence
