"""MUC-4 in the frame of the benchmarks: systems, measures, errors, and the report on any two files."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.frame import OURS, Benchmark, Case, Score, main
from benchmarks.muc4.baseline import naive
from benchmarks.muc4.heads import score_slots
from benchmarks.muc4.official import Report, Rules, score, table
from dateline.corpora import Part
from dateline.corpora.muc4 import Fill, Template, Templates, Text, files, keys, opened, read_templates, texts

RULES, BASELINE = f"{OURS}, rules only", "naive"
ROWS = ("inc-total", "perp-total", "phys-tgt-total", "hum-tgt-total", "MATCHED ONLY", "TEXT FILTERING")
OFFICIAL, FIVE = "all templates, F", "5 slots, any mention, F"
# Sundheim 1992 and Chinchor 1992: 17 systems, ALL TEMPLATES, P&R, on TST3 (on TST4: best .572, median .33).
# Chen et al. 2023 for the five slots, on TST3 and TST4 together, IterX by its own variant of the score.
PUBLISHED = (
    Score(OFFICIAL, "published: best of 1992", 0.559),
    Score(OFFICIAL, "published: median of 1992", 0.29),
    Score(FIVE, "published: IterX", 0.530),
    Score(FIVE, "published: GTT", 0.502),
    Score(FIVE, "published: TempGen", 0.472),
)
# What may be mapped: as in 1992; by the incident type alone; anything.
MAPPINGS = {"official": Rules(), "type": Rules(identifying=()), "any": Rules(type_slot=None, identifying=())}
Answering = Callable[..., list[Template]]


def answering() -> Answering | None:
    """Return Dateline's `answers(texts, trained=True)`, None where that module is not there."""
    try:
        found: Answering = importlib.import_module("benchmarks.muc4.answering").answers
    except ModuleNotFoundError as error:
        if error.name != "benchmarks.muc4.answering":
            raise
        return None
    return found


def gathered(messages: Sequence[Text], templates: Sequence[Template]) -> Templates:
    """Return templates by text, in the order of the texts."""
    held: dict[str, list[Template]] = {text.name: [] for text in messages}
    for template in templates:
        held[template.text].append(template)
    return Templates({name: tuple(made) for name, made in held.items()})


def measured(key: Templates, answers: Templates, system: str) -> Iterator[Score]:
    """Score the answers of one system."""
    report = score(key, answers)
    total = report.all
    yield Score(OFFICIAL, system, total.f(), total.possible)
    yield Score("all templates, recall", system, total.recall, total.possible)
    yield Score("all templates, precision", system, total.precision, total.actual)
    yield Score("all templates, overgeneration", system, total.overgeneration, total.actual)
    for name in ROWS:
        yield Score(f"{name}, F", system, report.rows[name].f(), report.rows[name].possible)
    for name, heads in ((FIVE, False), ("5 slots, head noun, F", True)):
        counts = score_slots(key, answers, heads)
        yield Score(name, system, counts["all"].f, counts["all"].asked)
        if heads:
            for slot, held in counts.items():
                if slot != "all":
                    yield Score(f"5 slots, head noun, {slot}, F", system, held.f, held.asked)


def measure(paths: list[Path], part: Part) -> Iterator[Score]:
    """Score Dateline (with and without its trained parts) and the baseline, beside what was published."""
    messages, key = texts(paths, part), keys(paths, part)
    print(f"{len(messages)} texts, {len(key.all)} templates", file=sys.stderr)
    ours = answering()
    if ours:
        yield from measured(key, gathered(messages, ours(messages)), OURS)
        yield from measured(key, gathered(messages, ours(messages, trained=False)), RULES)
    yield from measured(key, gathered(messages, naive(messages)), BASELINE)
    yield from PUBLISHED


def _shown(fill: Fill | None) -> str:
    if fill is None:
        return "-"
    refers = f": {fill.refers[0]}" if fill.refers else ""
    return f"{'? ' if fill.optional else ''}{' / '.join(fill.values)}{refers}"


def _brief(template: Template | None) -> str:
    if template is None:
        return "-"
    held = [f"{slot}: {', '.join(map(_shown, fills))}" for slot, fills in sorted(template.fills.items())]
    return "; ".join(held)


def _words(text: Text, *fills: Fill | None) -> str:
    flat = " ".join(text.words.split())
    for fill in fills:
        for value in (*fill.values, *fill.refers) if fill else ():
            at = flat.upper().find(value.upper())
            if at >= 0 and len(value) > 1:
                return flat[max(0, at - 100) : at + len(value) + 100]
    return flat[:160]


def cases(messages: Sequence[Text], key: Templates, report: Report) -> Iterator[Case]:
    """Yield what is wrong: templates missing and spurious, then fillers of mapped templates."""
    held = {text.name: text for text in messages}
    for pair in report.pairs:
        if pair.key is None or pair.answer is None:
            one = pair.key or pair.answer
            assert one
            if pair.key and pair.key.optional:
                continue
            kind = "template missing" if pair.key else "template spurious"
            kind += "" if key.by_text[one.text] else ", irrelevant text"
            words = _words(held[one.text], *(fill for fills in one.fills.values() for fill in fills))
            yield Case(one.text, kind, words, _brief(pair.key), _brief(pair.answer))
    for found in report.outcomes:
        if found.mapped and found.kind != "correct":
            words = _words(held[found.text], found.key, found.answer)
            kind = f"{found.slot.row} {found.kind}"
            yield Case(found.text, kind, words, _shown(found.key), _shown(found.answer))


def errors(paths: list[Path]) -> Iterator[Case]:
    """Yield our errors in the part to look at; a count of their kinds goes to standard error first."""
    messages, key = texts(paths, "look"), keys(paths, "look")
    ours = answering()
    made = ours(messages) if ours else naive(messages)
    found = list(cases(messages, key, score(key, gathered(messages, made))))
    for kind, count in Counter(case.kind for case in found).most_common():
        print(f"{count:6} {kind}", file=sys.stderr)
    yield from found


BENCHMARK = Benchmark(
    name="muc4",
    about="templates of attacks (1992)",
    files=files,
    measure=measure,
    errors=errors,
    lower=("all templates, overgeneration",),
)


def run(arguments: Sequence[str] | None = None) -> int:
    """Score answers against a key (`--key FILE --answers FILE [--mapping official|type|any]`), or run the benchmark."""
    options = argparse.ArgumentParser(prog="benchmarks.muc4", add_help=False)
    options.add_argument("--key", type=Path, nargs="+")
    options.add_argument("--answers", type=Path, nargs="+")
    options.add_argument("--mapping", choices=tuple(MAPPINGS), default="official")
    given, rest = options.parse_known_args(arguments)
    if bool(given.key) != bool(given.answers):
        options.error("--key and --answers go together")
    if not given.key:
        return main(BENCHMARK, rest)
    key, answers = (
        Templates({name: held for path in side for name, held in read_templates(opened(path)).by_text.items()})
        for side in (given.key, given.answers)
    )
    strange = sorted(set(answers.by_text) - set(key.by_text))
    if strange:
        print(f"answers for {len(strange)} texts that the key does not have are left out", file=sys.stderr)
    report = score(key, answers, MAPPINGS[given.mapping])
    print("\n".join(table(report)))
    total = report.all
    print(f"ALL TEMPLATES: F {100 * total.f():.2f} from unrounded recall and precision; ", end="")
    print(f"substitution {100 * total.substitution:.1f}; {len(key.by_text)} texts, {len(key.all)} templates in the key")
    for name, heads in (("any mention", False), ("head noun", True)):
        counts = score_slots(key, answers, heads)["all"]
        print(f"5 slots, {name}: recall {counts.recall:.3f} precision {counts.precision:.3f} F {counts.f:.3f}")
    return 0
