"""The store of a desk, on SQLite and on PostgreSQL: what goes in comes out, and stays."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import shutil
import sqlite3
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from benchmarks.claims import Made, generate
from dateline.records import Control, Copy, DeskError, Event, Filed, Flag, Judgement, Place, Report, Run, UsageError
from dateline.store import Arrival, ClaimFilter, EventFilter, ReportFilter, Store, migrating, moment, now
from dateline.store.columns import given, holdable
from dateline.store.schema import VERSION, metadata
from dateline.store.words import fts5, terms, tsquery

RUN = Run("run-a", "0.1", "md", "h", "g", "k", ("one",), (("trained", "yes"),))
OTHER = msgspec.structs.replace(RUN, id="run-b", knowledge="k2")


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    with Store.open(place, create=True) as made:
        yield made


def some(count: int = 60) -> list[Made]:
    return list(generate(count))


def fill(store: Store, made: Sequence[Made], run: Run = RUN) -> None:
    with store.transaction():
        store.begin_run(run)
        store.add_reports(Arrival(one.report) for one in made)
        for one in made:
            store.save_coding(run.id, one.report.id, one.claims, one.words)


def event(ident: str, claims: Sequence[str], place: Place | None = None, title: str = "Fighting") -> Event:
    return Event(
        ident, title, "ASSAULT", "", ("Battles", "Armed clash"), "", "affirmed", "agreed", place, None, (),
        tuple(claims), (), (), (), 0.5,
    )  # fmt: skip


def test_reports_come_back_as_they_were(store: Store) -> None:
    odd = Report(
        "odd", "Zero \x00 and \ue0ff0 in it", title="A \x00", path="a\udcff.txt", outlet="O",
        published=dt.date(2021, 8, 6), raw_hash="x", flags=(Flag("language", "why"),),
    )  # fmt: skip
    made = [one.report for one in some()]
    assert store.add_reports(Arrival(one) for one in [*made, odd]) == len(made) + 1
    back = list(store.texts())
    assert back[:-1] == made
    assert back[-1] == msgspec.structs.replace(odd, path="a?.txt")
    assert store.report("odd") == back[-1]
    assert store.report("none") is None


def test_the_same_report_twice_is_one(store: Store) -> None:
    made = [Arrival(one.report) for one in some()]
    assert store.add_reports([*made, *made]) == len(made)
    assert store.add_reports(made) == 0
    assert [row.seq for row in store.reports()] == list(range(1, len(made) + 1))


def test_claims_come_back_as_they_were_with_their_reports(store: Store) -> None:
    made = some()
    fill(store, made)
    filed = list(store.filed())
    assert [one.claim for one in filed] == [claim for one in made for claim in one.claims]
    assert [one.words for one in filed] == [words for one in made for words in one.words]
    assert [one.report for one in filed] == [one.report.id for one in made for _ in one.claims]
    assert {one.original == one.report for one in filed} == {True}
    assert store.claim(filed[7].claim.id) == filed[7].claim
    wanted = [filed[9].claim.id, filed[3].claim.id]
    assert store.filed_of(wanted) == [filed[3], filed[9]]
    assert store.claims_of_report(made[3].report.id) == list(made[3].claims)


def test_a_filter_returns_what_it_says_and_all_of_it(store: Store) -> None:
    fill(store, some(200))
    filed = list(store.filed())

    for field, value in VALUES.items():
        sought = value(next(one for one in filed if value(one)))
        found = list(store.filed(ClaimFilter(**{field: sought})))
        assert found == [one for one in filed if value(one) == sought], field
        assert store.count_claims(ClaimFilter(**{field: sought})) == len(found)


VALUES: dict[str, Callable[[Filed], Any]] = {
    "country": lambda one: one.claim.place.country_code if one.claim.place else None,
    "admin1": lambda one: one.claim.place.admin1 if one.claim.place else None,
    "place": lambda one: one.claim.place.name if one.claim.place else None,
    "geonameid": lambda one: one.claim.place.geonameid if one.claim.place else None,
    "plover": lambda one: one.claim.predication.plover,
    "mode": lambda one: one.claim.predication.mode,
    "status": lambda one: one.claim.predication.status,
    "polarity": lambda one: one.claim.predication.polarity,
    "outlet": lambda one: one.outlet,
    "report": lambda one: one.report,
}


def test_a_source_is_found_by_a_part_of_its_name(store: Store) -> None:
    fill(store, some(200))
    filed = list(store.filed())
    found = list(store.filed(ClaimFilter(source="outLET 1")))
    assert found == [one for one in filed if "outlet 1" in one.claim.attribution.chain[0].name.lower()]
    assert found


def test_days_of_a_filter_touch_the_days_of_a_claim(store: Store) -> None:
    fill(store, some(200))
    filed = list(store.filed())
    days = sorted({one.claim.time.start for one in filed if one.claim.time and one.claim.time.start})
    first, last = days[len(days) // 3], days[len(days) // 2]

    def touches(one: object) -> bool:
        time = one.claim.time  # type: ignore[attr-defined]
        if time is None or not (time.start or time.end):
            return False
        return (time.start or "") <= last and (time.end or "9") >= first

    assert list(store.filed(ClaimFilter(first=first, last=last))) == [one for one in filed if touches(one)]


def test_an_actor_is_found_by_id_and_by_name(store: Store) -> None:
    fill(store, some(100))
    by_id = list(store.filed(ClaimFilter(actor="taliban")))
    assert by_id
    assert all(any("aliban" in p.entity + p.name for p in one.claim.predication.participants) for one in by_id)
    assert list(store.filed(ClaimFilter(actor="TALIB"))) == by_id
    assert list(store.filed(ClaimFilter(actor="100%"))) == []


def test_coding_again_adds_a_run_and_keeps_the_old_one(store: Store) -> None:
    made = some()
    fill(store, made)
    before = list(store.filed())
    store.begin_run(OTHER)
    first = made[0]
    changed = msgspec.structs.replace(first.claims[0], confidence=0.01)
    store.save_coding(OTHER.id, first.report.id, [changed, *first.claims[2:]], ["new words", *first.words[2:]])
    after = list(store.filed())
    assert after[0].claim == changed
    assert list(store.filed(ClaimFilter(run=RUN.id))) == before
    assert [change.kind for change in store.diff(RUN.id, OTHER.id)].count("gone") == len(first.claims[1:2])
    fields = next(change.fields for change in store.diff(RUN.id, OTHER.id) if change.kind == "changed")
    assert [name for name, _, _ in fields] == ["confidence"]
    assert store.counts().claims == len(after) == store.count_claims()
    # Back to the older settings: the desk speaks by them again, and nothing is coded.
    store.begin_run(RUN)
    assert list(store.filed()) == before
    assert store.current_run() == msgspec.structs.replace(RUN, began=store.runs()[0].began)


def test_a_coding_is_kept_once(store: Store) -> None:
    made = some()
    fill(store, made)
    one = made[0]
    assert not store.save_coding(RUN.id, one.report.id, one.claims, one.words)
    assert store.count_claims() == sum(len(other.claims) for other in made)
    assert list(store.uncoded(RUN.id)) == []


def test_a_failed_report_waits_for_a_retry_and_the_older_coding_speaks(store: Store) -> None:
    made = some()
    fill(store, made)
    one = made[0]
    store.begin_run(OTHER)
    assert store.save_coding(OTHER.id, one.report.id, (), (), status="failed")
    assert one.report not in list(store.uncoded(OTHER.id))
    assert one.report in list(store.uncoded(OTHER.id, retry=True))
    assert store.claims_of_report(one.report.id) == list(one.claims)
    assert store.save_coding(OTHER.id, one.report.id, one.claims[:1], one.words[:1])
    assert store.claims_of_report(one.report.id) == list(one.claims[:1])


def test_as_of_answers_what_the_desk_would_have_said(store: Store) -> None:
    early, late = some()[:5], some()[5:10]
    store.begin_run(RUN)
    store.add_reports(
        Arrival(one.report, known_at="2021-08-06T00:00:00.000000Z", known_by="published") for one in early
    )
    for one in early:
        store.save_coding(RUN.id, one.report.id, one.claims, one.words)
    between = now()
    time.sleep(0.01)
    store.begin_run(OTHER)
    store.add_reports(Arrival(one.report) for one in late)
    for one in [*early, *late]:
        store.save_coding(OTHER.id, one.report.id, one.claims[:1], one.words[:1])
    assert list(store.filed(ClaimFilter(as_of=moment("2021-08-05")))) == []
    # Counted from the day of publication: coded only later, so by the first run there was.
    past = list(store.filed(ClaimFilter(as_of=moment("2021-08-06"))))
    assert [one.claim for one in past] == [claim for one in early for claim in one.claims]
    assert list(store.filed(ClaimFilter(as_of=between))) == past
    assert [one.claim for one in store.filed(ClaimFilter(as_of=now()))] == [one.claims[0] for one in [*early, *late]]


def test_a_report_that_is_withdrawn_stays_and_no_longer_speaks(store: Store) -> None:
    made = some()
    fill(store, made)
    gone = made[0].report.id
    assert store.withdraw(gone, "a hoax")
    assert not store.withdraw(gone, "again")
    assert gone not in {one.report for one in store.filed()}
    assert gone not in {row.id for row in store.reports()}
    assert next(row for row in store.reports(ReportFilter(gone=True)) if row.id == gone).gone_why == "a hoax"
    assert store.report(gone) is not None
    assert list(store.filed(ClaimFilter(run=RUN.id, report=gone))) == []
    assert store.counts().claims == store.count_claims() == len(list(store.filed()))
    assert store.counts().reports == len(made) - 1
    assert (store.count_waiting(RUN.id), store.count_uncoded(RUN.id)[0]) == (0, 0)
    assert (store.count_waiting("none"), store.count_uncoded("none")[0]) == (len(made) - 1, len(made) - 1)
    assert not [check for check in store.checks() if check.wrong]


def test_originals_are_kept_once_and_as_they_were(store: Store) -> None:
    words, noise = b"the same words " * 500, bytes(range(256))
    for digest, data in (("w", words), ("n", noise)):
        assert store.keep_original("a.txt", data, digest=digest, size=len(data))
        assert not store.keep_original("b.txt", data, digest=digest, size=len(data))
        held = store.original(digest)
        assert held is not None
        assert (held.path, held.data, held.size) == ("a.txt", data, len(data))
    assert store.keep_original("large.csv", None, digest="l", size=10**12, why_not="too large")
    held = store.original("l")
    assert held is not None
    assert (held.data, held.why_not_kept) == (None, "too large")
    assert store.original("none") is None


def test_the_same_failure_twice_is_one_until_it_is_mended(store: Store) -> None:
    for _ in range(2):
        store.fail("a.pdf", "it is cut short", "Get it again", stage="read")
    store.fail("a.pdf#2", "it is empty", "Fill it in", stage="read", file="a.pdf")
    assert [one.path for one in store.failures()] == ["a.pdf", "a.pdf#2"]
    assert store.resolve(stage="read", file="a.pdf") == 2
    assert list(store.failures()) == []
    store.fail("a.pdf", "it is cut short", "Get it again", stage="read")
    assert [one.path for one in store.failures()] == ["a.pdf"]
    assert len(list(store.failures(resolved=True))) == 2


def test_events_that_do_not_change_are_not_written_and_those_that_go_leave_a_tombstone(store: Store) -> None:
    made = some()
    fill(store, made)
    claims = [claim for one in made for claim in one.claims]
    first, second = event("one", [c.id for c in claims[:3]]), event("two", [claims[4].id], claims[4].place)
    assert store.write_events([first, second]).new == 2
    stamped = store.event_row("one")
    assert store.write_events([second, first]).same == 2
    assert store.event_row("one") == stamped
    grown = event("two", [c.id for c in claims[:5]], claims[4].place, "More fighting")
    done = store.write_events([grown])
    assert (done.new, done.changed, done.same, done.retired) == (0, 1, 0, 1)
    gone = store.event_row("one")
    assert gone is not None
    assert gone.retired_at is not None
    assert gone.successor == "two"
    assert store.event("one") == first
    assert store.event("two") == grown
    assert [row.id for row in store.event_rows()] == ["two"]
    assert [row.id for row in store.event_rows(EventFilter(retired=True), order="id")] == ["one", "two"]
    assert store.events_of_claims([claims[0].id, claims[9].id]) == {claims[0].id: "two"}
    assert store.claim_ids_of_event("two") == sorted(c.id for c in claims[:5])
    # It is told again: it lives again.
    assert store.write_events([first, event("two", [claims[4].id])]).changed == 2
    assert {row.id: row.retired_at for row in store.event_rows()} == {"one": None, "two": None}


def test_an_event_is_found_by_the_words_and_the_report_of_its_claims(store: Store) -> None:
    made = some(300)
    fill(store, made)
    store.write_events(event(f"e{n}", [claim.id for claim in one.claims]) for n, one in enumerate(made))
    word = made[3].words[0].split()[-1].strip(".")
    found = {row.id for row in store.event_rows(EventFilter(text=word))}
    assert found == {f"e{n}" for n, one in enumerate(made) if any(terms_hold(word, words) for words in one.words)}
    assert [row.id for row in store.event_rows(EventFilter(report=made[7].report.id))] == ["e7"]


def test_a_common_word_finds_the_events_that_a_rare_one_would(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.store import events as module

    made = some(200)
    fill(store, made)
    store.write_events(event(f"e{n:03}", [claim.id for claim in one.claims]) for n, one in enumerate(made))
    rare = list(store.event_rows(EventFilter(text="market"), order="id", limit=20))
    monkeypatch.setattr(module, "_COMMON", 1)
    assert list(store.event_rows(EventFilter(text="market"), order="id", limit=20)) == rare
    assert rare


def terms_hold(word: str, words: str) -> bool:
    return word.lower() in words.lower().replace(".", " ").replace(",", " ").split()


def test_who_holds_what_on_a_day(store: Store) -> None:
    town = Place("Zaranj", "Zaranj", "Afghanistan", "AF", 1, "named", "Nimroz", 1)

    def held(by: str, start: str | None, end: str | None) -> Control:
        return Control(town, by, by, by, "confirmed", start, end, "why", (), ())

    story = [held("government", None, "2021-08-06"), held("taliban", "2021-08-06", None)]
    assert store.write_controls(story) == 2
    assert list(store.controls()) == story
    assert list(store.controls(place="zaranj", on="2021-08-05")) == story[:1]
    assert list(store.controls(geonameid=1, on="2021-08-06")) == story[1:]
    assert list(store.controls(country="IR")) == []
    assert store.write_controls(story[:1]) == 1
    assert list(store.controls()) == story[:1]


def test_copies_name_the_original(store: Store) -> None:
    made = some()
    fill(store, made)
    copy = Copy(made[1].report.id, made[0].report.id, "near", 0.9, ("the same agency",))
    assert store.write_copies([copy]) == 1
    assert list(store.copies()) == [copy]
    assert {one.original for one in store.filed(ClaimFilter(report=made[1].report.id))} == {made[0].report.id}
    assert [row.copy_of for row in store.reports()][:3] == ["", made[0].report.id, ""]


def test_judgements_are_only_added(store: Store) -> None:
    first = Judgement(
        "j1", "wrong", ("c1", "c2"), "Ana", "2021-08-06T10:00:00.000000Z", "why\x00", "place", "Herat", ("c3",)
    )
    kept = msgspec.structs.replace(first, reason="why\ufffd")
    assert store.judge(first)
    assert not store.judge(msgspec.structs.replace(first, verdict="right"))
    later = Judgement("j2", "right", ("c1",), "Ben", "2021-08-07T10:00:00.000000Z")
    assert store.judge(later)
    assert list(store.judgements()) == [kept, later]
    assert list(store.judgements(as_of=moment("2021-08-06"))) == [kept]


SEARCHES = (
    ('"by the bridge"', True), ("market", True), ("MARKET convoy", None), ("mark*", True), ("markets", True),
    ('"', False), ("", False), ("AND OR NOT", False), ("a:b", None), ("(market", True), ("market)", True),
    ("NEAR(a b)", None), ("*", False), ("it's", None), ('"market', True), ("-market", True), ("market'; --", True),
    ("\\", False), ("%", False), (":*", False), ("&|!", False), ("market&", True), ('"the ma*"', None),
    ("مارکت", False),
)  # fmt: skip


def test_nothing_that_is_typed_into_a_search_is_an_error(store: Store) -> None:
    fill(store, some(150))
    for query, finds in SEARCHES:
        found = list(store.search(query, limit=None)) if query else []
        if finds is not None:
            assert bool(found) == finds, query
        assert found == sorted(found, key=lambda hit: hit.order, reverse=True)


def test_a_search_finds_all_words_in_any_order_by_their_stem(store: Store) -> None:
    made = some(150)
    fill(store, made)
    hits = list(store.search("market killed", limit=None))
    assert hits == list(store.search("KILLING markets", limit=None))
    assert list(store.search("market", ClaimFilter(report=hits[0].report) if hits else ClaimFilter())) or not hits


def test_terms_and_the_queries_they_become() -> None:
    found = terms('"Qala-e Naw" governor* it\'s')
    assert [(term.words, term.prefix) for term in found] == [
        (("Qala", "e", "Naw"), False), (("governor",), True), (("it", "s"), False)
    ]  # fmt: skip
    assert fts5(found) == '"Qala e Naw" AND "governor"* AND "it s"'
    assert tsquery(found) == "('Qala' <-> 'e' <-> 'Naw') & ('governor':*) & ('it' <-> 's')"


@pytest.mark.parametrize("words", ["", "plain", "\x00", "\ue0ff", "\ue0ff0\x00\ue0ff1", "a\x00\x00b\ue0ff\ue0ff0"])
def test_what_no_database_holds_comes_back(words: str) -> None:
    assert "\x00" not in holdable(words)
    assert given(holdable(words)) == words


def test_a_transaction_is_all_or_nothing(store: Store) -> None:
    made = some()
    with pytest.raises(RuntimeError, match="stop"):
        _stopped(store, made)
    assert store.counts().reports == 0
    assert store.runs() == []
    fill(store, made)
    assert store.counts().reports == len(made)


def _stopped(store: Store, made: Sequence[Made]) -> None:
    with store.transaction():
        fill(store, made)
        raise RuntimeError("stop")


def test_readers_see_one_state_while_another_writes(store: Store, place: str) -> None:
    made = some(200)
    fill(store, made[:10])
    with Store.open(place, read_only=True) as reader:
        rows = reader.reports()
        first = next(rows)
        store.add_reports(Arrival(one.report) for one in made[10:])
        assert len([first, *rows]) == 10
        assert len(list(reader.reports())) == len(made)


def test_two_writers_wait_for_each_other(place: str) -> None:
    Store.open(place, create=True).close()
    made = some(150)
    halves = [[one.report for one in made[n::2]] for n in (0, 1)]
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write, args=(place, half)) for half in halves]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    with Store.open(place) as store:
        assert {row.id for row in store.reports()} == {one.report.id for one in made}
        assert not [check for check in store.checks() if check.wrong]


def _write(place: str, reports: list[Report]) -> None:
    with Store.open(place) as store:
        for one in reports:
            with store.transaction():
                store.add_reports([Arrival(one)])
                time.sleep(0.002)


def test_the_migrations_make_the_schema(store: Store) -> None:
    with store.reading() as connection, warnings.catch_warnings():
        # Indexes over expressions are compared by their names, for one database cannot say what is in them.
        warnings.simplefilter("ignore")
        found = compare_metadata(MigrationContext.configure(connection), metadata)
        names = "SELECT name FROM sqlite_master WHERE type = 'index'"
        if not store.on_sqlite:
            names = "SELECT indexname FROM pg_indexes"
        held = set(connection.execute(text(names)).scalars())
    assert {str(index.name) for table in metadata.tables.values() for index in table.indexes} <= held
    # What only one database has: full text, its index and its column.
    assert [one for one in found if "_words" not in str(one)] == []
    assert store.facts()["version"] == VERSION


def test_a_desk_is_opened_again_and_made_once(place: str) -> None:
    with Store.open(place, create=True) as store:
        fill(store, some())
        made = store.facts()
    with Store.open(place, create=True) as store:
        assert store.facts() == made
        assert store.counts().reports == len(some())


def test_a_desk_of_a_newer_version_is_refused(place: str) -> None:
    with Store.open(place, create=True) as store, store.transaction() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DeskError, match=r"a newer Dateline made it.*pip install --upgrade"):
        Store.open(place)


def test_a_desk_that_is_not_there_is_refused_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="dateline init"):
        Store.open(tmp_path / "none.desk")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(DeskError, match="folder"):
        Store.open(tmp_path / "none" / "none.desk", create=True)
    with pytest.raises(DeskError, match="folder, not a desk"):
        Store.open(tmp_path)


def test_a_file_that_is_no_desk_is_refused_and_stays(tmp_path: Path) -> None:
    words, other = tmp_path / "words.txt", tmp_path / "other.sqlite"
    words.write_text("A report.")
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE mine (a)")
    connection.close()
    for create in (False, True):
        with pytest.raises(DeskError, match="no desk"):
            Store.open(words, create=create)
        with pytest.raises(DeskError, match=r"no desk|other tables"):
            Store.open(other, create=create)
    assert words.read_text() == "A report."


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql+asyncpg://", "nonsense://", "sqlite://"])
def test_another_kind_of_database_is_refused(url: str) -> None:
    with pytest.raises((UsageError, DeskError)):
        Store.open(url)


def test_a_server_that_does_not_answer_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(DeskError, match="does not answer"):
        Store.open(f"postgresql://nobody@/none?host={tmp_path}")


def test_a_password_is_never_shown() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(DeskError) as caught:
        Store.open("postgresql://me:hush@127.0.0.1:1/none?connect_timeout=2")
    assert "hush" not in str(caught.value)


def test_a_read_only_desk_is_read_and_not_written(place: str) -> None:
    made = some()
    with Store.open(place, create=True) as store:
        fill(store, made)
    with Store.open(place, read_only=True) as store:
        assert len(list(store.filed())) == sum(len(one.claims) for one in made)
        assert list(store.search("market")) is not None
        with pytest.raises(DeskError, match=r"read-only.*permissions"):
            store.add_reports([Arrival(made[0].report)])


def test_a_full_disk_is_an_error_with_a_remedy_and_leaves_the_desk_whole(tmp_path: Path) -> None:
    place, made = tmp_path / "full.desk", some(3000)
    with Store.open(place, create=True) as store:
        fill(store, made[:100])
        before = list(store.filed())
        with store.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    with Store.open(place) as store:
        _limit(store, int(pages or 0) + 20)
        with pytest.raises(DeskError, match=r"disk is full.*make room"):
            store.add_reports(Arrival(one.report) for one in made[100:])
        assert list(store.filed()) == before
        assert store.counts().reports == 100
        assert not [check for check in store.checks() if check.wrong]
    with Store.open(place) as store:
        assert store.add_reports(Arrival(one.report) for one in made[100:]) == len(made) - 100
        assert not [check for check in store.checks() if check.wrong]


def _limit(store: Store, pages: int) -> None:
    from sqlalchemy import event as events

    def limit(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    store.engine.dispose()
    events.listen(store.engine, "connect", limit)


def test_a_limit_on_the_size_of_files_is_told_like_a_full_disk(tmp_path: Path) -> None:
    pytest.importorskip("resource", reason="limits of POSIX")
    place = tmp_path / "limited.desk"
    Store.open(place, create=True).close()
    process = multiprocessing.get_context("spawn").Process(target=_write_limited, args=(str(place),))
    process.start()
    process.join()
    assert process.exitcode == 0
    with Store.open(place) as store:
        assert not [check for check in store.checks() if check.wrong]
        assert store.add_reports(Arrival(one.report) for one in some(200))


def _write_limited(place: str) -> None:
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, 900_000))
    with Store.open(place) as store, pytest.raises(DeskError, match="disk is full or refuses"):
        _add_one_by_one(store)


def _add_one_by_one(store: Store) -> None:
    for one in generate(20_000):
        store.add_reports([Arrival(one.report)])


def test_damage_is_found(tmp_path: Path) -> None:
    place = tmp_path / "hurt.desk"
    with Store.open(place, create=True) as store:
        fill(store, some(300))
        store.keep_original("a.txt", b"abc", digest="not its hash", size=3)
    connection = sqlite3.connect(place)
    for harm in (
        "UPDATE codings SET claims = claims + 1 WHERE seq = 2",
        "UPDATE claims SET current = 0 WHERE seq = 3",
        "UPDATE claim_bodies SET body = x'00ff' WHERE claim = 5",
    ):
        connection.execute(harm)
    connection.commit()
    connection.close()
    with Store.open(place) as store:
        wrong = {check.what: check.wrong for check in store.checks() if check.wrong}
    assert wrong == {
        "hashes of the files kept": 1, "codings and their claims": 1,
        "the run by which the desk speaks of each report": 1, "claims": 1,
    }  # fmt: skip


def test_a_damaged_file_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    place = tmp_path / "torn.desk"
    with Store.open(place, create=True) as store:
        fill(store, some(300))
    data = bytearray(place.read_bytes())
    data[4096 : 4096 * 40] = b"\xff" * (4096 * 39)
    place.write_bytes(data)
    with pytest.raises(DeskError, match=r"damaged|no desk"), Store.open(place) as store:
        list(store.filed())


def test_lists_are_read_in_pages(store: Store) -> None:
    made = some(200)
    fill(store, made)
    rows, after = [], 0
    while page := list(store.reports(after=after, limit=7)):
        rows += page
        after = page[-1].seq
    assert [row.id for row in rows] == [one.report.id for one in made]
    newest = list(islice(store.reports(newest=True), 5))
    assert [row.id for row in newest] == [one.report.id for one in made[:-6:-1]]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="users of POSIX")
def test_a_file_that_may_not_be_written_is_opened_for_reading(tmp_path: Path) -> None:
    folder = Path(tempfile.mkdtemp(prefix="dateline-shut-"))
    place, made = folder / "shut.desk", some()
    try:
        with Store.open(place, create=True) as store:
            fill(store, made)
            before = place.read_bytes()
            list(store.filed())
        for path, mode in ((place, 0o444), (folder, 0o555)):
            path.chmod(mode)
        child = multiprocessing.get_context("fork").Process(target=_as_nobody, args=(place, len(made)))
        child.start()
        child.join()
        assert child.exitcode == 0
        assert sorted(path.name for path in folder.iterdir()) == ["shut.desk"]
        assert place.read_bytes() == before or len(place.read_bytes()) >= len(before)
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def _as_nobody(place: Path, reports: int) -> None:
    if os.geteuid() == 0:  # whoever may do all is not stopped by permissions
        os.setgid(65534)
        os.setuid(65534)
    with Store.open(place) as store:
        assert store.read_only
        assert store.counts().reports == reports
        assert list(store.search("market")) is not None
        with pytest.raises(DeskError, match="read-only"):
            store.note("anything")
    with pytest.raises(DeskError, match=r"cannot be made|permissions"):
        Store.open(place.parent / "new.desk", create=True)


def test_an_older_desk_is_brought_up_to_date_or_says_why_not(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Store.open(place, create=True).close()
    done: list[str] = []

    def upgrade(connection: Connection) -> None:
        done.append(migrating.version(connection))
        connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))

    monkeypatch.setattr(migrating, "VERSION", "0002")
    monkeypatch.setattr(migrating, "known_versions", lambda: ["0002", "0001"])
    monkeypatch.setattr(migrating, "upgrade", upgrade)
    with pytest.raises(DeskError, match=r"older version \(0001\) and read-only"):
        Store.open(place, read_only=True)
    assert done == []
    for _ in range(2):
        with Store.open(place) as store:
            assert store.facts()["version"] == "0002"
    assert done == ["0001"]


def test_the_versions_are_one_line_of_steps() -> None:
    assert migrating.known_versions()[0] == VERSION
