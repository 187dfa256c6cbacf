"""Archives: web archives, mails and mailboxes, Parquet, feeds; whole, damaged, cut, empty, large."""

import datetime as dt
import email.policy
import gzip
import importlib
import io
import resource
import sys
import tracemalloc
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from dateline.reading import Failure, read, web
from dateline.reading.drafts import Draft, Input
from dateline.reading.feeds import read_feed
from dateline.records import Report

FIRST = "The column of the northern army reached the river before noon on Sunday, three residents said."
SECOND = "A spokesman for the governor denied that the bridge had been lost, and said the town was calm."
THIRD = "Aid workers counted two hundred families on the road to the south, where a camp is being put up."
BODY = f"{FIRST}\n\n{SECOND}\n"
DAY = dt.date(2019, 3, 3)


def page(title: str, day: str = "2019-03-03") -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title}</title>'
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="Example Times">'
        + (f'<meta property="article:published_time" content="{day}T10:00:00Z">' if day else "")
        + f"</head><body><nav><a href='/'>Home</a></nav><article><h1>{title}</h1><p>{FIRST}</p><p>{SECOND}</p>"
        f"<p>{THIRD} {title}.</p></article></body></html>"
    )


def split(path: Path, **said: Any) -> tuple[list[Report], list[Failure]]:
    found = list(read(path, **said))
    return [one for one in found if isinstance(one, Report)], [one for one in found if isinstance(one, Failure)]


def codes(report: Report) -> set[str]:
    return {flag.code for flag in report.flags}


# Web archives


# Loaded by name: the library has no types.
WARCWriter = importlib.import_module("warcio.warcwriter").WARCWriter
StatusAndHeaders = importlib.import_module("warcio.statusandheaders").StatusAndHeaders


def record(
    writer: Any,
    url: str,
    data: bytes,
    content: str = "text/html",
    *,
    status: str = "200 OK",
    kind: str = "response",
    headers: tuple[tuple[str, str], ...] = (),
    said: dict[str, str] | None = None,
) -> None:
    web_headers = StatusAndHeaders(status, [("Content-Type", content), *headers], protocol="HTTP/1.1")
    more = {"WARC-Date": "2019-03-05T08:00:00Z", **(said or {})}
    held = writer.create_warc_record(url, kind, io.BytesIO(data), http_headers=web_headers, warc_headers_dict=more)
    writer.write_record(held)


def archive(packed: bool, titles: tuple[str, ...] = ("Bridge lost", "Camp hit", "Road cut")) -> tuple[bytes, list[int]]:
    """Return an archive of pages, and where each begins."""

    file = io.BytesIO()
    writer = WARCWriter(file, gzip=packed)
    starts = []
    for number, title in enumerate(titles):
        starts.append(file.tell())
        record(writer, f"https://times.example/{number}", page(title).encode())
    return file.getvalue(), starts


@pytest.mark.parametrize("packed", [True, False])
def test_the_pages_of_a_web_archive(tmp_path: Path, packed: bool) -> None:
    file = tmp_path / ("a.warc.gz" if packed else "a.warc")
    data, starts = archive(packed)
    file.write_bytes(data)
    reports, failures = split(tmp_path)
    assert not failures
    assert [one.path for one in reports] == [f"{file}#{start}" for start in starts]
    assert [one.title for one in reports] == ["Bridge lost", "Camp hit", "Road cut"]
    assert [one.url for one in reports] == [f"https://times.example/{number}" for number in range(3)]
    assert {one.published for one in reports} == {DAY}
    assert {one.outlet for one in reports} == {"Example Times"}
    assert len({one.raw_hash for one in reports}) == 1
    assert all("2019-03-05" in flag.message for one in reports for flag in one.flags if flag.code == "captured")
    assert all("captured" in codes(one) for one in reports)


def test_what_is_no_page_is_passed_over(tmp_path: Path) -> None:

    file = tmp_path / "a.warc.gz"
    with file.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        writer.write_record(writer.create_warcinfo_record("a.warc.gz", {"software": "test"}))
        record(writer, "https://times.example/robots.txt", b"User-agent: *", "text/plain")
        record(writer, "https://times.example/a.png", b"\x89PNG\r\n\x1a\n", "image/png")
        record(writer, "https://times.example/gone", page("Gone").encode(), status="404 Not Found")
        record(writer, "https://times.example/menu", b"<html><body><a href='/'>Home</a></body></html>")
        record(writer, "https://times.example/1", page("Bridge lost", "").encode())
        writer.write_record(
            writer.create_revisit_record(
                "https://times.example/1", "sha1:AAAA", "https://times.example/1", "2019-03-05T08:00:00Z"
            )
        )
        record(writer, "https://times.example/a.txt", BODY.encode(), "text/plain; charset=utf-8")
        record(writer, "https://times.example/late", page("Late", "2019-04-01").encode())
    reports, failures = split(file)
    assert [one.url.rpartition("/")[2] for one in reports] == ["1", "a.txt", "late"]
    assert [one.skipped for one in failures] == [True]
    assert "https://times.example/menu" in failures[0].problem
    undated = next(flag for flag in reports[0].flags if flag.code == "captured")
    assert reports[0].published is None
    assert "no day of its own" in undated.message
    assert reports[1].text == BODY
    assert "metadata-conflict" in codes(reports[2])


def test_packed_chunked_and_oddly_encoded_pages(tmp_path: Path) -> None:

    data = gzip.compress(page("Bridge lost").encode())
    chunked = b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (100, data[:100], len(data) - 100, data[100:])
    gzipped = ("Content-Encoding", "gzip")
    cyrillic = page("Мост у реки").encode("cp1251")
    bomb = gzip.compress(b"<html>" + b" " * (40 << 20))
    file = tmp_path / "a.warc"
    with file.open("wb") as stream:
        writer = WARCWriter(stream, gzip=False)
        record(writer, "https://a.example/1", data, headers=(gzipped,))
        record(writer, "https://a.example/2", chunked, headers=(gzipped, ("Transfer-Encoding", "chunked")))
        record(writer, "https://a.example/3", page("Bridge lost").encode(), headers=(gzipped,))
        record(writer, "https://a.example/4", cyrillic, "text/html; charset=windows-1251")
        record(writer, "https://a.example/5", bomb, headers=(gzipped,))
        record(writer, "https://a.example/6", b"\x0b\x02\x80", headers=(("Content-Encoding", "br"),))
        record(writer, "https://a.example/7", page("Cut off").encode(), said={"WARC-Truncated": "length"})
    reports, failures = split(file)
    assert [one.title for one in reports] == ["Bridge lost"] * 3 + ["Мост у реки", "Cut off"]
    assert "truncated" in codes(reports[-1])
    assert ["32 MiB" in one.problem or "packed with br" in one.problem for one in failures] == [True, True]


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("damage", ["middle", "head", "cut", "cut-head"])
def test_a_damaged_record_costs_that_record_alone(tmp_path: Path, packed: bool, damage: str) -> None:
    data, starts = archive(packed)
    hurt = 2 if damage.startswith("cut") else 1
    at = starts[hurt]
    if damage == "middle":
        # In a packed record any byte; in an open one the length that its head gives.
        place = at + 300 if packed else data.index(b"Content-Length: ", at) + 16
        data = data[:place] + b"9" + data[place + 1 :]
    elif damage == "head":
        data = data[:at] + b"\x00\x01\x02" + data[at + 3 :]
    else:
        data = data[: at + (200 if damage == "cut" else 30)]
    file = tmp_path / ("a.warc.gz" if packed else "a.warc")
    file.write_bytes(data)
    reports, failures = split(file)
    kept = {"Bridge lost", "Camp hit", "Road cut"} - {("Bridge lost", "Camp hit", "Road cut")[hurt]}
    assert {one.title for one in reports} >= kept
    assert len(reports) == 2
    assert len(failures) == 1
    assert failures[0].path == f"{file}#{at}"
    assert str(at) in failures[0].problem
    assert failures[0].remedy


def test_an_archive_packed_as_a_whole(tmp_path: Path) -> None:
    data, starts = archive(packed=False)
    file = tmp_path / "a.warc.gz"
    file.write_bytes(gzip.compress(data))
    reports, failures = split(file)
    assert not failures
    assert [one.path for one in reports] == [f"{file}#0", *(f"{file}#0+{start}" for start in starts[1:])]
    file.write_bytes(gzip.compress(data)[:-40])
    reports, failures = split(file)
    assert len(reports) == 2
    assert len(failures) == 1


def test_arc(tmp_path: Path) -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page("Bridge lost").encode()
    about = b"1 0 Example\nURL IP-address Archive-date Content-type Archive-length\n"
    data = b"filedesc://a.arc 0.0.0.0 20190305080000 text/plain %d\n%s\n" % (len(about), about)
    data += b"http://times.example/1 192.0.2.1 20190305080000 text/html %d\n%s\n" % (len(answer), answer)
    file = tmp_path / "a.arc"
    file.write_bytes(data)
    reports, failures = split(file)
    assert not failures
    assert [(one.title, one.url) for one in reports] == [("Bridge lost", "http://times.example/1")]


@pytest.mark.parametrize(
    ("data", "problem"),
    [(b"", "empty"), (b"no archive at all\n" * 20, "damaged"), (gzip.compress(b"neither"), "damaged")],
)
def test_what_is_no_web_archive_is_told(tmp_path: Path, data: bytes, problem: str) -> None:
    file = tmp_path / "a.warc"
    file.write_bytes(data)
    reports, failures = split(file)
    assert not reports
    assert problem in failures[0].problem


def test_a_large_web_archive_is_read_in_bounded_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:

    file = tmp_path / "a.warc"
    with file.open("wb") as stream:
        writer = WARCWriter(stream, gzip=False)
        for number in range(60):
            record(writer, f"https://a.example/{number}.bin", b"\xff" * (1 << 20), "application/octet-stream")
            record(writer, f"https://a.example/{number}", BODY.encode(), "text/plain")
    assert file.stat().st_size > 60 << 20
    next(read(file))
    tracemalloc.start()
    try:
        assert sum(isinstance(one, Report) for one in read(file)) == 60
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()


# Mail


def mail(subject: str = "Bridge lost", text: str | None = BODY, **headers: str) -> EmailMessage:
    made = EmailMessage()
    made["From"] = headers.get("sender", "Anna Example <anna@times.example>")
    made["Date"] = headers.get("date", "Sun, 03 Mar 2019 23:30:00 -0500")
    made["Subject"] = subject
    if text is not None:
        made.set_content(text)
    return made


def test_a_mail(tmp_path: Path) -> None:
    file = tmp_path / "a.eml"
    file.write_bytes(mail("Fwd: RE: Bridge lost – Gao").as_bytes())
    (report,), failures = split(tmp_path)
    assert not failures
    assert report.text == "Bridge lost – Gao\n\n" + BODY
    assert (report.title, report.author, report.published) == ("Bridge lost – Gao", "Anna Example", DAY)
    file.write_bytes(mail(sender="Example News Agency <desk@news.example>").as_bytes())
    (report,), _ = split(tmp_path)
    assert (report.outlet, report.author) == ("Example News Agency", "")


def test_plain_text_before_html_unless_it_is_a_placeholder(tmp_path: Path) -> None:
    file = tmp_path / "a.eml"
    both = mail(text=BODY)
    both.add_alternative("<html><body><p>Other words.</p></body></html>", subtype="html")
    file.write_bytes(both.as_bytes())
    (report,), _ = split(file)
    assert report.text.endswith(BODY)
    for text in ("This mail is in HTML.", None):
        made = mail(text=text)
        html = f"<table><tr><td><p>{FIRST}</p><p>{SECOND}</p></td></tr><tr><td>{THIRD}</td></tr></table>"
        made.add_alternative(html, subtype="html") if text else made.set_content(html, subtype="html")
        file.write_bytes(made.as_bytes())
        (report,), _ = split(file)
        assert report.text.splitlines() == ["Bridge lost", "", FIRST, SECOND, THIRD]


def test_forwarded_mails_and_attachments_are_reports(tmp_path: Path) -> None:
    inner = mail("Camp hit", THIRD + "\n", date="Fri, 1 Mar 2019 10:00:00 +0000")
    inner.add_attachment(page("Road cut").encode(), maintype="text", subtype="html", filename="road.html")
    outer = mail("Bridge lost", BODY)
    outer.add_attachment(inner)
    outer.add_attachment(BODY.encode(), maintype="application", subtype="octet-stream", filename="b/note.txt")
    outer.add_attachment(b"%PDF-1.7\n1 0 obj", maintype="application", subtype="pdf", filename="cut.pdf")
    outer.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="a.png")
    outer.add_attachment(b'text,date\n"Shells hit the camp.",2019-03-02\n', maintype="text", subtype="csv")
    file = tmp_path / "a.eml"
    file.write_bytes(outer.as_bytes())
    reports, failures = split(file)
    assert [(one.path, one.published) for one in reports] == [
        (str(file), DAY),
        (f"{file}#message-1", dt.date(2019, 3, 1)),
        (f"{file}#message-1/road.html", DAY),
        (f"{file}#b_note.txt", None),
        (f"{file}#part-5.csv#2", dt.date(2019, 3, 2)),
    ]
    assert [(one.path, one.skipped) for one in failures] == [(f"{file}#cut.pdf", False), (f"{file}#a.png", True)]
    assert len({one.raw_hash for one in reports}) == 1


def test_wrong_charsets_and_missing_days_are_flagged(tmp_path: Path) -> None:
    file = tmp_path / "a.eml"
    head = b"From: x@times.example\nSubject: Bogot\xc3\xa1 calm\nMIME-Version: 1.0\n"
    for charset, text in (("us-ascii", "José Peña"), ("x-nobody-knows", "José Peña"), ("utf-8", "José Peña")):
        kind = f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n".encode()
        encoding = "latin-1" if charset == "utf-8" else "utf-8"
        file.write_bytes(head + kind + (FIRST + f" {text}.\n").encode(encoding))
        (report,), failures = split(file)
        assert not failures
        assert "José Peña" in report.text
        assert report.title == "Bogotá calm"
        assert {"encoding", "missing-date"} <= codes(report)
    file.write_bytes(b"From: x@times.example\nDate: someday\n\n" + BODY.encode())
    (report,), _ = split(file)
    assert "unread-date" in codes(report)


def test_broken_mime_is_read_and_flagged(tmp_path: Path) -> None:
    made = mail()
    made.add_alternative(f"<p>{FIRST}</p>", subtype="html")
    data = made.as_bytes()
    boundary = made.get_boundary()
    assert boundary
    file = tmp_path / "a.eml"
    for broken in (data.replace(b"\n--" + boundary.encode(), b"\n--else"), data[: data.index(b"<p>")]):
        file.write_bytes(broken)
        (report,), failures = split(file)
        assert not failures
        assert FIRST[:60] in report.text
        assert "broken-markup" in codes(report)


def test_mails_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    locked = mail(text=None)
    locked["Content-Type"] = "application/pkcs7-mime; smime-type=enveloped-data"
    picture = mail(text=None)
    picture.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="a.png")
    file = tmp_path / "a.eml"
    for data, problem in (
        (b"", "empty"),
        (mail(text="\n").as_bytes(), "no text"),
        (picture.as_bytes(), "no text"),
        (locked.as_bytes(), "encrypted"),
        (b"\nonly words, and no head\n", "no mail"),
    ):
        file.write_bytes(data)
        reports, failures = split(file)
        assert not reports
        assert problem in failures[0].problem, data
        assert failures[0].remedy


def mbox(mails: list[bytes]) -> bytes:
    return b"".join(b"From x@times.example Sun Mar  3 10:00:00 2019\n" + one + b"\n" for one in mails)


def test_a_mailbox(tmp_path: Path) -> None:
    inside = f"{FIRST}\n\nFrom Monday on, the road will be closed.\n>From here on nobody passes.\n"
    mails = [mail("Bridge lost", inside), mail("Nothing", "\n"), mail("Camp hit", THIRD + "\n")]
    file = tmp_path / "a.mbox"
    file.write_bytes(mbox([one.as_bytes(policy=email.policy.SMTP) for one in mails[:1]]))
    file.write_bytes(mbox([one.as_bytes() for one in mails]))
    reports, failures = split(tmp_path)
    assert [one.path for one in reports] == [f"{file}#1", f"{file}#3"]
    assert [one.path for one in failures] == [f"{file}#2"]
    assert reports[0].text == f"Bridge lost\n\n{inside.replace('>From', 'From')}"
    file.write_bytes(b"no mail\n")
    _, (failure,) = split(file)
    assert "no mail" in failure.problem


def test_a_large_mailbox_is_read_mail_by_mail(tmp_path: Path) -> None:
    file = tmp_path / "a.mbox"
    big = mail("Bridge lost", BODY)
    big.add_attachment(b"\xff" * (1 << 18), maintype="image", subtype="png", filename="a.png")
    data = mbox([big.as_bytes()])
    with file.open("wb") as stream:
        for _ in range(40):
            stream.write(data)
    next(read(file))
    tracemalloc.start()
    try:
        assert sum(isinstance(one, Report) for one in read(file)) == 40
        assert tracemalloc.get_traced_memory()[1] < 5 << 20
    finally:
        tracemalloc.stop()


# Parquet


def parquet(path: Path, columns: dict[str, list[Any]], **options: Any) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    files = pytest.importorskip("pyarrow.parquet")
    files.write_table(pyarrow.table(columns), path, **options)


def test_parquet(tmp_path: Path) -> None:
    file = tmp_path / "a.parquet"
    columns: dict[str, list[Any]] = {
        "Headline": ["Bridge lost", None, "Camp hit"],
        "content": [BODY, "  ", THIRD],
        "source": ["Example Times", None, None],
        "date": [dt.datetime(2019, 3, 3, 10), None, dt.datetime(2019, 3, 4)],
        "other": [1, 2, 3],
    }
    parquet(file, columns, row_group_size=2)
    reports, failures = split(tmp_path)
    assert [(one.path, one.published) for one in reports] == [(f"{file}#1", DAY), (f"{file}#3", dt.date(2019, 3, 4))]
    assert (reports[0].text, reports[0].outlet) == ("Bridge lost\n\n" + BODY, "Example Times")
    assert [one.path for one in failures] == [f"{file}#2"]


def test_parquet_columns_are_mapped_and_days_read_in_the_column_s_order(tmp_path: Path) -> None:
    file = tmp_path / "a.parquet"
    parquet(file, {"words": [FIRST, SECOND], "day": ["4/7/17", "4/25/17"]})
    _, (failure,) = split(file)
    assert "there are: words, day" in failure.problem
    assert "--map text=" in failure.remedy
    reports, _ = split(file, columns={"text": "words"})
    assert [one.published for one in reports] == [dt.date(2017, 4, 7), dt.date(2017, 4, 25)]
    parquet(file, {"text": [FIRST.encode()]})
    (report,), _ = split(file)
    assert report.text == FIRST


def test_parquet_that_is_broken_or_empty_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.parquet"
    parquet(file, {"text": [f"{FIRST} {number}" for number in range(900)]}, row_group_size=300, compression="gzip")
    data = file.read_bytes()
    for broken, problem in ((data[: len(data) // 2], "broken"), (b"", "empty"), (b"PAR1" * 3, "broken")):
        file.write_bytes(broken)
        _, (failure,) = split(file)
        assert problem in failure.problem
    file.write_bytes(data[:30] + b"\x00" * 400 + data[430:])
    reports, failures = split(file)
    assert [one.path for one in failures] == [f"{file}#1"]
    assert "rows 1 to 300" in failures[0].problem
    assert [one.path for one in (reports[0], reports[-1])] == [f"{file}#301", f"{file}#900"]
    parquet(file, {"text": []})
    _, (failure,) = split(file)
    assert "no rows" in failure.problem


def test_without_pyarrow_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pyarrow", "pyarrow.parquet"):
        monkeypatch.setitem(sys.modules, name, None)
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    _, (failure,) = split(tmp_path)
    assert 'pip install "dateline[tables]"' in failure.remedy


# Feeds


RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Example &amp; Times</title><link>https://times.example</link>
<image><title>Logo</title></image>
<item><title>Bridge &amp;amp; road lost</title><link>https://times.example/1?a=1&amp;b=2</link>
<pubDate>Sun, 03 Mar 2019 23:30:00 -0500</pubDate><dc:creator>Anna Example</dc:creator>
<description>Short words.</description>
<content:encoded><![CDATA[<p>{FIRST}</p><p>{SECOND}&nbsp;&ndash; so he said.</p><script>x()</script>]]>
</content:encoded></item>
<item><title>Camp hit</title><description>{THIRD}</description><pubDate>03/04/2019</pubDate>
<source url="https://post.example/rss">Example Post</source></item>
<item><title>Nothing</title></item>
<item><title>Two killed in Mopti&eacute;</title><description>&lt;p&gt;Two were killed.&lt;/p&gt;</description></item>
</channel></rss>"""

ATOM = f"""<?xml version="1.0"?><!-- made for a test --><feed xmlns="http://www.w3.org/2005/Atom">
<entry><title type="html">Bridge &lt;b&gt;lost&lt;/b&gt;</title><link rel="alternate" href="https://a.example/1"/>
<published>2019-03-03T23:30:00-05:00</published><updated>2019-03-09T00:00:00Z</updated>
<author><name>Anna Example</name></author><summary>Short.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{FIRST}</p><p>{SECOND}</p></div></content></entry>
<entry><title>Camp hit</title><updated>2019-03-04T00:00:00Z</updated><summary>{THIRD}</summary></entry>
<title>Example Feed</title></feed>"""


def test_rss(tmp_path: Path) -> None:
    file = tmp_path / "a.rss"
    file.write_text(RSS, "utf-8")
    reports, (failure,) = split(tmp_path)
    first, second, last = reports
    assert first.text == f"Bridge & road lost\n\n{FIRST}\n{SECOND} – so he said."
    assert (first.title, first.outlet, first.author) == ("Bridge & road lost", "Example & Times", "Anna Example")
    assert (first.published, first.url) == (DAY, "https://times.example/1?a=1&b=2")
    assert (second.outlet, second.published, second.path) == ("Example Post", None, f"{file}#2")
    assert "unread-date" in codes(second)
    assert (last.title, last.text.splitlines()[-1]) == ("Two killed in Moptié", "Two were killed.")
    assert "missing-date" in codes(last)
    assert (failure.path, failure.skipped) == (f"{file}#3", True)


@pytest.mark.parametrize("name", ["a.atom", "a.xml", "a.txt", "a"])
def test_atom_by_any_name(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text(ATOM, "utf-8")
    (first, second), failures = split(file)
    assert not failures
    assert first.text == f"Bridge lost\n\n{FIRST}\n{SECOND}"
    assert (first.outlet, first.author, first.url) == ("Example Feed", "Anna Example", "https://a.example/1")
    assert first.published == DAY
    assert second.published == dt.date(2019, 3, 4)
    assert "updated-date" in codes(second)


def test_feeds_of_other_kinds(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Example Feed</title></channel>'
        f"<item><title>Bridge lost</title><description>{FIRST}</description>"
        "<dc:date>2019-03-03</dc:date></item></rdf:RDF>"
    )
    bare = ATOM.replace(' xmlns="http://www.w3.org/2005/Atom"', "")
    for text, encoding in ((rdf, "utf-8"), (bare, "utf-8"), (rdf, "utf-16")):
        file.write_text(text, encoding)
        reports, failures = split(file)
        assert not failures
        assert (reports[0].title, reports[0].outlet, reports[0].published) == ("Bridge lost", "Example Feed", DAY)


def test_bad_feeds_are_told_and_what_is_sound_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.rss"
    file.write_text(RSS[: RSS.index("Camp hit") + 40], "utf-8")
    (report,), (failure,) = split(file)
    assert report.title == "Bridge & road lost"
    assert "cut or broken at line 10" in failure.problem
    file.write_text(RSS.replace("Short words.</description>", "Short words.</wrong>", 1), "utf-8")
    reports, _ = split(file)
    assert "broken-markup" in codes(reports[0])
    file.write_text('<rss version="2.0"><channel><title>Example</title></channel></rss>', "utf-8")
    _, (failure,) = split(file)
    assert "no entries" in failure.problem
    for text, problem in (("", "empty"), ("words only", "no XML"), ("<urlset><url/></urlset>", "no feed (<urlset>)")):
        file.write_text(text, "utf-8")
        reports, (failure,) = split(file)
        assert not reports
        assert problem in failure.problem


def test_a_feed_reads_no_other_file_and_does_not_grow(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the secret", "utf-8")
    bombs = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    head = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{tmp_path / "secret.txt"}">{bombs}]>'
    file = tmp_path / "a.rss"
    file.write_text(
        f"{head}<rss><channel><item><title>T</title><description>{FIRST} &x; &i;</description></item></channel></rss>",
        "utf-8",
    )
    reports, _ = split(file)
    assert all("the secret" not in one.text and len(one.text) < 1000 for one in reports)


def test_a_large_feed_is_read_entry_by_entry(tmp_path: Path) -> None:
    file = tmp_path / "a.rss"
    item = f"<item><title>T</title><description>{FIRST * 20}</description></item>\n"
    with file.open("w", encoding="utf-8") as stream:
        stream.write(RSS.partition("<item>")[0])
        for _ in range(20_000):
            stream.write(item)
        stream.write("</channel></rss>")
    assert file.stat().st_size > 38_000_000
    given = Input(str(file), file)
    next(read_feed(given))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert sum(isinstance(one, Draft) for one in read_feed(given)) == 20_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000


# Pieces of HTML, and what a file is by its first bytes


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Two killed &amp; three hurt", "Two killed & three hurt"),
        ("<p>One.</p><p>Two <b>three</b>.</p>", "One.\nTwo three."),
        ("One.<br/>Two.<script>three()</script>", "One.\nTwo."),
        ("<img src='a.png'>", ""),
        ("<div>One was hurt.<div>Two were not.</div></div>", "One was hurt.\nTwo were not."),
    ],
)
def test_pieces_of_html(html: str, text: str) -> None:
    assert web.fragment_text(html) == text


def first_bytes() -> Iterator[tuple[str, bytes]]:
    """Yield whole files, each with what it is."""
    yield "feed", RSS.encode()
    yield "mail", mail().as_bytes()
    yield "mail", b"Received: by x\n" + mail().as_bytes()
    yield "mbox", mbox([mail().as_bytes()])
    yield "warc", archive(packed=False)[0]
    yield "warc", archive(packed=True)[0]


@pytest.mark.parametrize(("kind", "data"), list(first_bytes()))
def test_first_bytes_tell_what_a_file_is(tmp_path: Path, kind: str, data: bytes) -> None:
    file = tmp_path / "without-a-suffix"
    file.write_bytes(data)
    reports, _ = split(file)
    assert reports, kind
    assert all("Bridge" in one.title for one in reports[:1])
