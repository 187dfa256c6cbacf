"""Features of a word that may be a cue, and of the words round a cue in view of it.

The rules' own reading is among the features, so that the trained parts correct the rules and do not start anew.
"""

from __future__ import annotations

from dateline.attribution.speaking import antecedent, speaker_of
from dateline.attribution.view import View

FUNCTION = frozenset({"prep", "prt", "neg", "aux", "mark", "advmod", "agent", "dative"})
OBJECTS = frozenset({"dobj", "pobj", "attr", "acomp"})
CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "parataxis", "acl", "relcl"})
IDLE = frozenset({"punct", "advmod", "aux", "cc", "npadvmod", "prep"})
STEPS = 4  # so many steps up from the cue are told apart


def of_cue(view: View, token: int) -> list[str]:
    """Return the features of a word that may be a cue."""
    tree, parse = view.tree, view.tree.parse
    lemma, pos, tag, dep = parse.lemmas[token].lower(), parse.pos[token], parse.tags[token], parse.deps[token]
    head = parse.heads[token]
    found = [
        f"l={lemma}", f"lp={lemma},{pos}", f"t={tag}", f"d={dep}", f"lt={lemma},{tag}", f"ld={lemma},{dep}",
        f"h={parse.lemmas[head]},{dep}", f"hp={parse.pos[head]},{dep},{pos}",
    ]  # fmt: skip
    for kid in parse.children[token]:
        found += _of_kid(view, token, kid, lemma)
    deps = [parse.deps[kid] for kid in parse.children[token]]
    shape = "+".join(sorted({one for one in deps if one not in IDLE}))
    subject = any(one.startswith("nsubj") or one == "csubj" for one in deps)
    found += [f"sh={shape}", f"shl={lemma},{shape}", f"shp={pos},{shape},{dep}", "subj" if subject else "noSubj"]
    found += _of_rules(view, token, lemma)
    quoted, near = view.quoted.of[token] >= 0, _near_quote(view, token)
    found += [f"q={quoted}", f"ql={quoted},{lemma}", f"nq={near}", f"nql={near},{lemma}"]
    number = view.place[token]
    for step in (-2, -1, 1, 2):
        if 0 <= number + step < len(view.words):
            other = view.words[number + step]
            found += [f"n{step}={tree.lower[other]}", f"n{step}p={parse.tags[other]}"]
    found += [f"m={view.mark(token)}", f"sub={tree.mark(token)}"]
    return found


def _of_kid(view: View, token: int, kid: int, lemma: str) -> list[str]:
    tree, parse = view.tree, view.tree.parse
    dep, pos, word, entity = parse.deps[kid], parse.pos[kid], tree.lower[kid], view.entity[kid]
    side = "<" if kid < token else ">"
    found = [f"k={dep}{side}", f"kl={lemma},{dep}{side}"]
    if dep in FUNCTION:
        found += [f"kw={dep},{word}", f"kwl={lemma},{dep},{word}"]
    elif dep in ("nsubj", "nsubjpass"):
        found += [f"su={word}", f"sp={pos},{entity}", f"sl={parse.lemmas[kid]},{lemma}", f"spl={pos},{lemma}"]
    elif dep in OBJECTS:
        name = parse.lemmas[kid]
        found += [f"o={dep},{name}", f"ol={lemma},{dep},{name}", f"op={dep},{pos},{entity}", f"opl={lemma},{dep},{pos}"]
    elif dep in CLAUSES:
        mark = tree.mark(kid)
        found += [f"c={dep}{side},{mark},{parse.tags[kid]}", f"cl={lemma},{dep}{side},{mark}"]
    return found


def _of_rules(view: View, token: int, lemma: str) -> list[str]:
    """Return what the rules read at a word, and above it."""
    saying = view.sayings.get(token)
    if saying is None:
        found = ["rule=no", f"rule=no,{lemma}"]
    else:
        found = [
            f"rule={saying.rule}", f"rules={saying.sort}", f"rulesl={saying.sort},{lemma}",
            f"rulesp={saying.speaker is not None}", f"ruleq={bool(saying.quotes)}",
        ]  # fmt: skip
    inner = [one for one in view.over.get(token, ()) if one.anchor != token]
    found += [f"lex={view.sort(token) or 'no'}", f"in={len(inner)}", f"inl={len(inner)},{lemma}"]
    for one in inner:
        found += [f"inr={one.sort},{view.tree.parse.lemmas[one.anchor]}", f"inrs={one.sort},{saying is not None}"]
    up = _cue_above(view, token)
    return [*found, f"up={up}", f"upl={up},{lemma}"]


def _near_quote(view: View, token: int) -> str:
    """Return how far the nearest quotations of the sentence are before and behind a token, up to four."""
    start, end = view.tree.bounds(token)
    of = view.quoted.of
    before = next((token - one for one in range(token - 1, start - 1, -1) if of[one] >= 0), 0)
    after = next((one - token for one in range(token + 1, end) if of[one] >= 0), 0)
    return f"{min(before, 4)},{min(after, 4)}"


def _cue_above(view: View, token: int) -> str:
    """Return the sort of the nearest saying of the rules above a token, and the way up to it."""
    parse, way, node = view.tree.parse, [], token
    for _ in range(5):
        head = parse.heads[node]
        if head == node:
            return ""
        way.append(parse.deps[node])
        node = head
        if node in view.sayings:
            return f"{view.sayings[node].sort}:{'/'.join(way[:3])}"
    return ""


class _Beside:
    """A cue and what the rules read at it, for the features of the words round it."""

    def __init__(self, view: View, cue: int) -> None:
        self.view, self.cue = view, cue
        tree, parse = view.tree, view.tree.parse
        self.lemma, self.pos = parse.lemmas[cue].lower(), parse.pos[cue]
        self.chain = [cue, *parse.ancestors(cue)]
        self.level = {node: number for number, node in enumerate(self.chain)}
        saying = view.sayings.get(cue)
        self.read = saying is not None
        self.group = saying.cue if saying is not None else (cue, cue + 1)
        self.content: set[int] = saying.content if saying is not None else set()
        self.speaker = saying.speaker if saying is not None else speaker_of(tree, cue)
        self.meant = antecedent(tree, self.speaker) if self.speaker is not None else None
        self.own, self.here = view.quoted.of[cue], view.place[cue]

    def way(self, token: int) -> tuple[int, list[int]]:
        """Return the lowest token above `token` that is above the cue, too, and the way up to it."""
        heads, node, way = self.view.tree.parse.heads, token, []
        while node not in self.level and heads[node] != node:
            way.append(node)
            node = heads[node]
        return node, way

    def rule(self, token: int) -> str:
        """Return what a word is to the rules: content, cue, speaker, the head of the speaker's words, or nothing."""
        tree = self.view.tree
        if token in self.content:
            return "T"
        if self.group[0] <= token < self.group[1]:
            return "C"
        if self.speaker is not None and tree.above(self.speaker, token):
            return ("S" if token != self.speaker else "H") + ("" if self.read else "g")
        if self.meant is not None and tree.above(self.meant, token):
            return "M"
        return "O" if self.read else "-"

    def features(self, token: int, found: tuple[int, list[int]], fresh: str, rule: str, last: str) -> list[str]:
        """Return the features of a word; `rule` and `last` are what it and the word before it are to the rules."""
        view, cue, lemma = self.view, self.cue, self.lemma
        tree, parse = view.tree, view.tree.parse
        node, way = found
        up = self.level.get(node, -1)
        ups = "/".join(parse.deps[one] for one in self.chain[:up][:STEPS]) if up >= 0 else "?"
        top = parse.deps[way[-1]] if way else "="
        second = parse.deps[way[-2]] if len(way) > 1 else "="
        side = "<" if token < cue else ">" if token > cue else "="
        left = tree.left[way[-1]] if way else token
        pos, word, mark = parse.pos[token], tree.lower[token], view.mark(token)
        span = view.place[token] - self.here
        far = str(span) if abs(span) <= 3 else (">" if span > 0 else "<") + str(min(abs(span) // 4, 5))
        others = sum(1 for one in view.over.get(token, ()) if one.anchor != cue)
        quote = view.quoted.of[token]
        inside = "own" if quote >= 0 and quote == self.own else "q" if quote >= 0 else "-"
        gap = parse.sentence_of[token] - parse.sentence_of[cue]
        branch = f"{ups}>{top}{side}"
        names = [
            f"B={branch}", f"B2={branch},{second},{min(len(way), 4)}", f"Bl={lemma},{branch}",
            f"Bo={branch},{tree.lower[left] if way else ''}", f"Be={branch},{token == left},{pos}",
            f"Bw={branch},{word}", f"Bm={branch},{mark}", f"Bs={second},{top},{side},{pos}",
            f"D={far}", f"Dp={far},{parse.tags[token]}", f"Dw={far},{word}" if abs(span) < 4 else "Dw",
            f"R={rule}", f"Rr={rule},{last}", f"Rb={rule},{branch}", f"Rl={rule},{lemma}",
            f"Ro={rule},{min(others, 2)}", f"Q={inside},{self.own >= 0},{side},{rule}", f"G={gap},{inside},{rule}",
            f"P={self.pos},{branch}", f"F={branch},{fresh}", f"Fs={branch},{second},{fresh}",
            f"El={branch},{view.opens[token]}", f"Er={branch},{view.closes[token]},{fresh}",
        ]  # fmt: skip
        if token in view.sayings and token != cue:
            names.append(f"A={side},{top},{up}")
        if self.read:
            names.append(f"Rm={rule},{last},{mark}")
        return names


def beside(view: View, cue: int) -> tuple[list[int], list[list[str]]]:
    """Return the words round a cue, and for each its features in view of the cue."""
    words, seen = view.around(cue), _Beside(view, cue)
    ways = [seen.way(token) for token in words]
    found, last = [], "^"
    for number, token in enumerate(words):
        before = ways[number - 1][1] if number else []
        after = ways[number + 1][1] if number + 1 < len(words) else []
        fresh = f"{_shared(ways[number][1], before)},{_shared(ways[number][1], after)}"
        rule = seen.rule(token)
        found.append(seen.features(token, ways[number], fresh, rule, last))
        last = rule
    return words, found


def _shared(way: list[int], other: list[int]) -> str:
    """Return how many of the upper two steps of two ways down the tree are the same: none, one or both."""
    if not way or not other:
        return "-"
    if way[-1] != other[-1]:
        return "0"
    return "2" if way[-2:-1] == other[-2:-1] else "1"
