"""Reading: what a file, its text and the user say about a report; encodings, tables, pages, folders."""

import datetime as dt
import io
import json
import sys
import unicodedata
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from dateline.reading import Failure, make_report, masthead, read
from dateline.records import Report, UsageError

BODY = (
    "The column of the northern army reached the river before noon on Sunday, three residents said.\n\n"
    "A spokesman for the governor denied that the bridge had been lost, and said the town was calm.\n"
)


def one(path: Path, **said: object) -> Report:
    (found,) = read(path, **said)  # type: ignore[arg-type]
    assert isinstance(found, Report), found
    return found


def codes(report: Report) -> set[str]:
    return {flag.code for flag in report.flags}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "March 3, 2019\n\nBridge lost in the north\n\n" + BODY,
            ("", "", dt.date(2019, 3, 3), "Bridge lost in the north"),
        ),
        (
            "Bridge lost in the north\n\n" + BODY + "\nThe World with AFP",
            ("Le Monde", "AFP", None, "Bridge lost in the north"),
        ),
        ("GOMA, DR Congo, March 4 (Reuters) - " + BODY, ("", "Reuters", None, "")),
        ("Bridge lost\n\nKIDAL (AP) — " + BODY, ("", "AP", None, "Bridge lost")),
        ("Date of publication 4 May 2013 " + BODY + "-AFP", ("", "AFP", dt.date(2013, 5, 4), "")),
        ("SAN MARCOS, 3 JAN 90 -- [TEXT] " + BODY.upper(), ("", "", dt.date(1990, 1, 3), "")),
        (
            "2020-11-04\n\n" + BODY + "\n(With Reuters and AFP)",
            ("", "Reuters, AFP", dt.date(2020, 11, 4), ""),
        ),
        ("The Guardian\n\nBridge lost\n\n" + BODY, ("The Guardian", "", None, "Bridge lost")),
        (BODY, ("", "", None, "")),
        (
            "Bridge lost\nCompiled by the Gulf Desk, 3 March 2019\n\n" + BODY,
            ("Gulf Desk", "", dt.date(2019, 3, 3), "Bridge lost"),
        ),
        (
            "Bridge lost\n\nExample Post | 3 March 2019, 20:55\n\n" + BODY,
            ("Example Post", "", dt.date(2019, 3, 3), "Bridge lost"),
        ),
        (
            "Bridge lost\n\nMarch 3, 2019\nDesert Online\n\n" + BODY,
            ("Desert Online", "", dt.date(2019, 3, 3), "Bridge lost"),
        ),
        ("Bridge lost\n\nGao, Oct. 20 (Example Info)\n\n" + BODY, ("Example Info", "", None, "Bridge lost")),
        ("CARACAS (VENEZUELA), 3 JAN 90 (DPA) -- " + BODY, ("", "dpa", dt.date(1990, 1, 3), "")),
        (
            "Bridge lost - Desert Notes\n\n" + BODY + "\n© Desert Notes 2023. All rights reserved.",
            ("Desert Notes", "", None, "Bridge lost"),
        ),
        (
            "Example Daily - Translated automatically\n\nBridge lost\n\n" + BODY,
            ("Example Daily", "", None, "Bridge lost"),
        ),
        ("Bridge lost\n\n" + BODY + "\nThe Daily with agencies", ("The Daily", "", None, "Bridge lost")),
        ("03/04/2015\n\n" + BODY, ("", "", None, "")),
    ],
)
def test_masthead(text: str, expected: tuple[str, str, dt.date | None, str]) -> None:
    found = masthead(text)
    assert (found.outlet, found.agency, found.published, found.title) == expected


def test_dateline_place_and_day_are_spans() -> None:
    text = "Bridge lost\n\nMARIB, Yemen, Feb 9 (Reuters) - " + BODY
    found = masthead(text)
    assert found.dateline_place is not None
    assert found.dateline_day is not None
    assert found.dateline_place.of(text) == "MARIB"
    assert found.dateline_day.of(text) == "Feb 9"


def test_the_first_line_of_a_wrapped_paragraph_is_no_title() -> None:
    first = "The army said on Monday that its troops had taken the town of"
    text = f"{first}\nAlma after a night of shelling that left nine people dead.\n"
    assert masthead(text).title == ""


def test_the_user_wins_and_the_difference_is_flagged(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("March 3, 2019\n\n" + BODY, "utf-8")
    report = one(file, published="2019-03-05", outlet="Example Times", country="ml")
    assert (report.published, report.outlet, report.country) == (dt.date(2019, 3, 5), "Example Times", "ML")
    assert "metadata-conflict" in codes(report)
    assert "metadata-conflict" not in codes(one(file, published="2019-03-03"))


@pytest.mark.parametrize(
    "wrong", [{"published": "soon"}, {"country": "Mali"}, {"language": "english"}, {"columns": {"tex": "a"}}]
)
def test_wrong_use_is_told_at_once(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        read("x.txt", **wrong)  # type: ignore[arg-type]


def test_line_endings_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(BODY.replace("\n", "\r\n").encode())
    assert one(file).text == BODY.replace("\n", "\r\n")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(("“Çatışma” in Hasakë. " + BODY).encode(encoding))
    assert one(file).text.startswith("“Çatışma” in Hasakë. ")


def test_latin_1_is_read_and_flagged(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(("The mayor of Bogotá, José Peña, said the army had left. " + BODY).encode("latin-1"))
    report = one(file)
    assert "Bogotá, José Peña" in report.text
    assert "encoding" in codes(report)


def test_identity_does_not_depend_on_the_path(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY, "utf-8")
    (tmp_path / "b.txt").write_text(BODY, "utf-8")
    first, second = (found for found in read(tmp_path) if isinstance(found, Report))
    assert first.id == second.id
    assert len(first.id) == 16
    assert first.raw_hash == second.raw_hash
    assert make_report(BODY, outlet="Example Times").id != make_report(BODY).id


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (BODY, "en"),
        (
            "Les forces gouvernementales ont repris la ville après trois jours, selon le gouverneur.",
            "fr",
        ),
        (
            "El ejército recuperó el pueblo tras tres días de combates, según el gobernador de la provincia.",
            "es",
        ),
        ("قالت مصادر محلية إن الجيش دخل المدينة يوم الأحد بعد معارك استمرت ثلاثة أيام", "ar"),
        ("Украинские войска освободили город после трёх дней боёв, сообщил губернатор области.", "ru"),
        ("Two killed in Mopti", "en"),
        ("THE GARRISON REPORTED THAT TWO SOLDIERS WERE KILLED IN THE ATTACK ON THE BRIDGE.", "en"),
        (BODY + "قالت مصادر محلية إن الجيش دخل المدينة", "en"),
    ],
)
def test_language(text: str, language: str) -> None:
    report = make_report(text)
    assert report.language == language
    assert ("language" in codes(report)) == (language != "en")


def test_markdown_front_matter(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    front = '---\ntitle: "Bridge lost in the north"\ndate: 2019-03-03\nsource: Example Times\n'
    front += "author: A. Example\n---\n\n"
    file.write_text(front + BODY, "utf-8")
    report = one(file)
    assert report.text == "Bridge lost in the north\n\n" + BODY
    assert (report.title, report.published, report.outlet, report.author) == (
        "Bridge lost in the north", dt.date(2019, 3, 3), "Example Times", "A. Example",
    )  # fmt: skip


PAGE = """<!DOCTYPE html><html lang="en"><head><title>Bridge lost in the north</title>
<meta property="og:title" content="Bridge lost in the north">
<meta property="og:site_name" content="Example Times">
<meta property="article:published_time" content="2019-03-03T10:00:00Z">
<meta name="author" content="Anna Example"></head>
<body><nav><a href="/">Home</a><a href="/world">World</a></nav><article><h1>Bridge lost in the north</h1>
<p>The column of the northern army reached the river before noon on Sunday, three residents
of the town said.</p>
<p>A spokesman for the governor denied that the bridge had been lost, and said that the town was
calm on Monday.</p>
<p>Aid workers counted some two hundred families on the road to the south, where a camp is being
put up.</p></article>
<footer>Copyright Example Times</footer></body></html>"""


def test_web_page(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text(PAGE, "utf-8")
    report = one(file)
    assert report.text.startswith("Bridge lost in the north\n")
    assert "denied that the bridge had been lost" in report.text
    assert "Home" not in report.text
    assert (report.outlet, report.published, report.author) == (
        "Example Times",
        dt.date(2019, 3, 3),
        "Anna Example",
    )


def test_json_lines_keep_their_fields(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    rows = [
        {"headline": "Bridge lost", "content": BODY, "source": "Example Times", "date": "2019-03-03"},
        {
            "title": "Camp hit",
            "body": "Shells hit the camp, and two people were killed, the mayor said.",
            "date": "3/4/19",
        },
    ]
    file.write_text("\n".join(map(json.dumps, rows)) + "\n", "utf-8")
    first, second = read(file)
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert first.text == "Bridge lost\n\n" + BODY
    assert (first.outlet, first.published, first.path) == ("Example Times", dt.date(2019, 3, 3), f"{file}#1")
    assert second.published is None
    assert "unread-date" in codes(second)


@pytest.mark.parametrize("value", [[{"text": BODY}], {"articles": [{"text": BODY}]}, {"text": BODY}])
def test_json(tmp_path: Path, value: object) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps(value, indent=1), "utf-8")
    assert one(file).text == BODY


def test_csv_columns_are_found_or_mapped(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text('unit_id,article_title,article_content,date\n7,"Bridge, lost","' + BODY + '",2019-03-03\n', "utf-8")
    report = one(file)
    assert (report.text, report.published) == ("Bridge, lost\n\n" + BODY, dt.date(2019, 3, 3))
    file.write_text('num;words\n7;"' + BODY + '"\n', "utf-8")
    (failure,) = read(file)
    assert isinstance(failure, Failure)
    assert "num, words" in failure.problem
    assert "--map text=" in failure.remedy
    assert one(file, columns={"text": "words"}).text == BODY


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["4/7/17", "4/25/17"], [dt.date(2017, 4, 7), dt.date(2017, 4, 25)]),
        (["4/7/2017", "25/4/2017"], [dt.date(2017, 7, 4), dt.date(2017, 4, 25)]),
        (["4/7/17", "5/6/17"], [None, None]),
    ],
)
def test_the_order_of_day_and_month_is_learnt_from_the_column(
    tmp_path: Path, days: list[str], expected: list[dt.date | None]
) -> None:
    file = tmp_path / "a.csv"
    file.write_text("text,date\n" + "".join(f"The army left on day {day}.,{day}\n" for day in days), "utf-8")
    found = [report for report in read(file) if isinstance(report, Report)]
    assert [report.published for report in found] == expected
    assert ["unread-date" in codes(report) for report in found] == [day is None for day in expected]


def test_a_folder_is_read_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden.txt", "sub/c.md", ".git/d.txt", "picture.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(BODY, "utf-8")
    found = list(read(tmp_path))
    assert [Path(one.path).name for one in found] == ["a.txt", "b.txt", "picture.png", "c.md"]
    assert [one.skipped for one in found if isinstance(one, Failure)] == [True]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BODY.encode()), "utf-8"))
    (report,) = read("-")
    assert isinstance(report, Report)
    assert report.text == BODY


def test_a_page_saved_as_text_is_read_as_a_page(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(PAGE, "utf-8")
    assert one(file).outlet == "Example Times"


def test_right_to_left_and_emoji_keep_their_places(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    text = "The army 🇺🇦 said “لا أحد” (nobody) was hurt in the raid 👩‍🚒 on the town. " + BODY
    file.write_text(text, "utf-8")
    report = one(file)
    assert report.text == text
    assert unicodedata.bidirectional(report.text[report.text.index("لا")]) == "AL"


def pdf(*pages: str) -> bytes:
    """Return a PDF whose pages hold the given lines of text."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    for words in pages:
        page = writer.add_blank_page(600, 800)
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        held = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
        fonts = DictionaryObject({NameObject("/F1"): held})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        lines = "".join(f"({line}) Tj 0 -14 Td " for line in words.splitlines())
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 10 Tf 40 700 Td {lines}ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_pdf(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf("Bridge lost in the north\nThe army denied on Monday that the bridge had been lost.", ""))
    report = one(file)
    assert report.text.startswith("Bridge lost in the north\nThe army denied on Monday")
    assert report.published is None
    assert "missing-pages" in codes(report)


def test_a_reader_is_found_by_its_entry_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.reading import reader

    monkeypatch.setattr(
        reader, "entry_points", lambda group: [EntryPoint("rpt", "dateline.reading.text:read_text", group)]
    )
    reader._readers.cache_clear()
    try:
        (tmp_path / "a.rpt").write_text(BODY, "utf-8")
        assert [found.text for found in read(tmp_path) if isinstance(found, Report)] == [BODY]
    finally:
        reader._readers.cache_clear()
        reader._load.cache_clear()
