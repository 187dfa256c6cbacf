"""Dateline from Python: code a file, many files, or a text."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping

from dateline.assembly import load_pipeline, load_resources, made_by
from dateline.exporting.coded import CodedOut, MadeBy, coded_out, line
from dateline.reading import Failure, make_report, read
from dateline.records import Claim, Debris, Dossier, Flag, ReadingError, Report

Path = str | os.PathLike[str]


class Coded:
    """A coded report: its claims, what in it is not the story, what to look at, and what made it."""

    def __init__(self, dossier: Dossier, made: MadeBy) -> None:
        self.dossier = dossier
        self.made_by = made

    @property
    def report(self) -> Report:
        """The report as it was read."""
        return self.dossier.report

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims in text order."""
        return self.dossier.all(Claim)

    @property
    def debris(self) -> tuple[Debris, ...]:
        """The words that are not the story."""
        return self.dossier.all(Debris)

    @property
    def flags(self) -> tuple[Flag, ...]:
        """What the analyst should know about the report."""
        return self.dossier.all(Flag)

    def out(self) -> CodedOut:
        """Return it in the shape of the JSON, as typed records."""
        return coded_out(self.dossier, self.made_by)

    def json(self) -> str:
        """Return it as one line of JSON, without the newline."""
        return line(self.dossier, self.made_by).decode().rstrip("\n")

    def __repr__(self) -> str:
        return f"<Coded {self.report.path or self.report.id}: {len(self.claims)} claims, {len(self.flags)} flags>"


def code_report(report: Report, *, model: str = "", places: Iterable[Path] = (), trained: bool = True) -> Coded:
    """Code a report that was read already. Raises ModelError, GazetteerError or KnowledgeError.

    Without `trained` it is coded by rules alone.
    """
    named = tuple(os.fspath(path) for path in places)
    return Coded(load_pipeline(model, named, trained).run(report), made_by(load_resources(model, named, trained)))


def code_all(
    paths: Path | Iterable[Path],
    *,
    published: dt.date | str | None = None,
    outlet: str | None = None,
    country: str | None = None,
    language: str | None = None,
    columns: Mapping[str, str] | None = None,
    model: str = "",
    places: Iterable[Path] = (),
    trained: bool = True,
) -> Iterator[Coded | Failure]:
    """Code the reports in files and folders, one after the other; what cannot be read comes as a Failure.

    `published`, `outlet`, `country` and `language` are what the files do not say; `columns` maps fields to
    the columns of tables; `model` names another language model; `places` are CSV files with places of your
    own; without `trained` the reports are coded by rules alone. Raises UsageError, ModelError,
    GazetteerError or KnowledgeError.
    """
    named = tuple(os.fspath(path) for path in places)
    found = read(paths, published=published, outlet=outlet, country=country, language=language, columns=columns)
    for one in found:
        yield one if isinstance(one, Failure) else code_report(one, model=model, places=named, trained=trained)


def code(
    path: Path,
    *,
    published: dt.date | str | None = None,
    outlet: str | None = None,
    country: str | None = None,
    language: str | None = None,
    model: str = "",
) -> Coded:
    """Code the one report in a file.

    Raises ReadingError where it cannot be read or holds more than one report (then use `code_all`), and
    what `code_all` raises.
    """
    given = {"published": published, "outlet": outlet, "country": country, "language": language}
    found = list(code_all(path, model=model, **given))  # type: ignore[arg-type]
    if len(found) != 1:
        raise ReadingError(os.fspath(path), f"holds {len(found)} reports", "Use dateline.code_all for many.")
    if isinstance(found[0], Failure):
        raise found[0].error()
    return found[0]


def code_text(text: str, *, published: dt.date | str | None = None, outlet: str = "", country: str = "") -> Coded:
    """Code a text. Raises UsageError where what is given about it is wrong, and what `code_all` raises."""
    return code_report(make_report(text, published=published, outlet=outlet, country=country))
