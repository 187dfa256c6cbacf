"""Bad input: told with its remedy where it cannot be read, else read and flagged; it stops nothing."""

import resource
from pathlib import Path

import pytest

from dateline.cleaning import Cleaning
from dateline.reading import Failure, make_report, read
from dateline.records import Block, Dossier, Report

BODY = "The column of the northern army reached the river before noon on Sunday, three residents said.\n\n"
MENU = "<!DOCTYPE html><html><body><nav><a href='/'>Home</a></nav><form><input name='q'></form></body></html>"


def pdf(pages: int, *, encrypt: bool = False) -> bytes:
    import io

    from pypdf import PdfWriter

    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if encrypt:
        writer.encrypt("secret")
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


UNREADABLE = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "white space"),
    "wide-blank.txt": ("\u2003\u00a0\n".encode(), "white space"),
    "noise.txt": (bytes(range(256)) * 40, "binary"),
    "zeros.txt": (b"\x00" * 4096, "binary"),
    "office.txt": (b"PK\x03\x04" + b"\x00" * 200, "office"),
    "picture.md": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 200, "image"),
    "front.md": (b"---\ntitle: Nothing\n---\n", "front matter"),
    "menu.html": (MENU.encode(), "no article"),
    "empty.html": (b"", "empty"),
    "cut.pdf": (b"%PDF-1.7\n1 0 obj\n<< /Type /Cat", "broken"),
    "noise.pdf": (b"\x01\x02\x03not a pdf at all", "broken"),
    "locked.pdf": (pdf(1, encrypt=True), "encrypted"),
    "scan.pdf": (pdf(2), "images"),
    "cut.json": (b'{"title": "Bridge lost", "text": "The col', "line 1"),
    "words.json": (b"no json here", "line 1"),
    "number.json": (b"[1]", "object"),
    "fields.json": (b'[{"a": "b"}]', "no field"),
    "columns.csv": (b"a,b\n1,2\n", "no column"),
    "row.csv": (b"text\n\" \"\n", ""),
    "empty.jsonl": (b"\n\n", "white space"),
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name, (_, problem) in UNREADABLE.items() if problem])
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str) -> None:
    data, problem = UNREADABLE[name]
    file = tmp_path / name
    file.write_bytes(data)
    (found,) = read(file)
    assert isinstance(found, Failure), found
    assert name in found.path
    assert problem in found.problem
    assert found.remedy
    assert found.error().remedy == found.remedy


def test_a_missing_path_is_told() -> None:
    (found,) = read("nowhere/at-all.txt")
    assert isinstance(found, Failure)
    assert "no such file" in found.problem


def test_a_path_with_a_nul_is_told() -> None:
    (found,) = read("a\x00b.txt")
    assert isinstance(found, Failure)


def test_one_bad_file_among_many_stops_nothing(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number:03}.txt").write_text(BODY, "utf-8")
    for name, (data, _) in UNREADABLE.items():
        (tmp_path / name).write_bytes(data)
    found = list(read([tmp_path, tmp_path / "missing", tmp_path / "000.txt"]))
    assert sum(isinstance(one, Report) for one in found) == 41
    assert sum(isinstance(one, Failure) for one in found) >= len(UNREADABLE)


def test_what_stands_before_the_cut_is_read(tmp_path: Path) -> None:
    lines = tmp_path / "cut.jsonl"
    lines.write_text('{"text": "The bridge was lost, said the mayor."}\n{"text": "The camp', "utf-8")
    whole = tmp_path / "cut.json"
    whole.write_text('[{"text": "The bridge was lost, said the mayor."},\n {"text": "The camp', "utf-8")
    for file in (lines, whole):
        report, failure = read(file)
        assert isinstance(report, Report)
        assert isinstance(failure, Failure)
        assert "line 2, column 1" in failure.problem


def test_broken_utf_8_keeps_what_is_sound(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    data = ("“Nobody” was hurt in Bogotá – or Málaga. " + BODY).encode()
    file.write_bytes(data[:5] + b"\xe2\x80" + data[5:])
    (report,) = read(file)
    assert isinstance(report, Report)
    assert "Bogotá – or Málaga" in report.text
    assert report.text.count("\ufffd") >= 1
    assert "encoding" in {flag.code for flag in report.flags}


def test_control_characters_keep_their_places(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    text = "The army\x00 said\x07 that the\x1b town was calm. " + BODY
    file.write_bytes(text.encode())
    (report,) = read(file)
    assert isinstance(report, Report)
    assert report.text == text
    assert "control-characters" in {flag.code for flag in report.flags}


def test_halves_of_surrogates_are_replaced(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"text": "The army \\ud83d said that the town was calm and the road open."}\n', "utf-8")
    (report,) = read(file)
    assert isinstance(report, Report)
    report.text.encode("utf-8")
    assert "encoding" in {flag.code for flag in report.flags}


def test_one_line_of_a_megabyte_becomes_blocks_of_bounded_length() -> None:
    text = "The army said that the town was calm on Monday, but residents spoke of shelling at night. " * 12_000
    report = make_report(text)
    blocks = [one for one in Cleaning()(Dossier(report)) if isinstance(one, Block)]
    assert max(len(block.span) for block in blocks) <= 5000
    assert sum(len(block.span) for block in blocks) > 0.99 * len(text)


@pytest.mark.slow
def test_fifty_megabytes_are_read_in_bounded_memory(tmp_path: Path) -> None:
    file = tmp_path / "large.txt"
    with file.open("w", encoding="utf-8") as stream:
        for number in range(50_000):
            stream.write(f"Report {number} of the day.\n" + BODY * 10)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    length = 0
    for number, report in enumerate(read(file), 1):
        assert isinstance(report, Report)
        assert report.part == number
        assert report.path == f"{file}#{number}"
        assert len(report.text) <= 250_000
        length += len(report.text)
    assert length == file.stat().st_size
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000
