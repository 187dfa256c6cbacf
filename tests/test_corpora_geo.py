"""Corpora of toponyms: each published format read, the measures of resolution and of recognition."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.frame import Score
from benchmarks.geo import FARTHEST_KM, away, pointed, recognition, resolution, with_ids
from dateline.corpora.geo import Article, Toponym, files, name_of, read, scored
from dateline.records import Span, UsageError

LGL = """<?xml version="1.0"?><articles><article docid="7"><text><![CDATA[Rain fell in Ulm & Bern.]]></text>
<toponyms count="2"><toponym><start>13</start><end>16</end><phrase>Ulm</phrase>
<gaztag geonameid="2820256"><name>Ulm</name><lat>48.4</lat><lon>9.99</lon><country geonameid="1">D</country></gaztag>
</toponym><toponym><start>19</start><end>23</end><phrase>Bern</phrase></toponym></toponyms></article></articles>"""
GEOVIRUS = """<articles><article><source>http://example.org/a</source><text>Cases rose in Oslo and Bergen.</text>
<locations><location><name>Oslo</name><start>15</start><end>19</end><lat>59.9</lat><lon>10.7</lon></location>
<location><name>Bergen</name><start>24</start><end>30</end><lat>60.4</lat><lon>5.3</lon></location></locations>
</article></articles>"""
GWN = """<articles><article file="3"><text>Swiss banks and Basel Zoo closed in Chur.</text><toponyms>
<toponym><extractedName>Swiss</extractedName><type>Non_Literal_Modifier</type><start>0</start><end>5</end>
<geonamesID>2658434</geonamesID><latitude>47.0</latitude><longitude>8.0</longitude></toponym>
<toponym><extractedName>banks</extractedName><type>Non_Lit_Expression</type><start>6</start><end>11</end>
<geonamesID/><latitude/><longitude/></toponym>
<toponym><extractedName>Basel Zoo</extractedName><type>Literal</type><start>16</start><end>25</end>
<geonamesID/><latitude>47.5</latitude><longitude>7.6</longitude></toponym>
<toponym><extractedName>Chur</extractedName><type>Literal</type><start>36</start><end>40</end>
<geonamesID>2661169</geonamesID><latitude>46.8</latitude><longitude>9.5</longitude></toponym>
</toponyms></article></articles>"""


def article(tmp_path: Path, text: str, name: str = "some.xml") -> Article:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    (found,) = read(path)
    return found


def words(one: Article) -> list[str]:
    return [toponym.span.of(one.text) for toponym in one.toponyms]


def test_the_format_of_lgl_and_tr_news_is_read(tmp_path: Path) -> None:
    one = article(tmp_path, LGL)
    assert (one.key, words(one)) == ("7", ["Ulm", "Bern"])
    assert (one.toponyms[0].geonameid, one.toponyms[0].lat) == (2820256, 48.4)
    assert one.toponyms[1].lat is None


def test_offsets_of_geovirus_that_count_from_one_are_mended(tmp_path: Path) -> None:
    one = article(tmp_path, GEOVIRUS)
    assert (one.key, words(one)) == ("http://example.org/a", ["Oslo", "Bergen"])
    assert [(t.geonameid, t.lat) for t in one.toponyms] == [(None, 59.9), (None, 60.4)]


def test_geowebnews_keeps_its_toponyms_and_leaves_out_other_expressions(tmp_path: Path) -> None:
    one = article(tmp_path, GWN)
    assert words(one) == ["Swiss", "Basel Zoo", "Chur"]
    assert [t.literal for t in one.toponyms] == [False, True, True]
    assert [t.geonameid for t in one.toponyms] == [2658434, None, 2661169]


def test_what_is_in_no_such_format_is_named(tmp_path: Path) -> None:
    path = tmp_path / "other.xml"
    path.write_text("<texts/>", "utf-8")
    with pytest.raises(UsageError, match="no articles"):
        read(path)
    path.write_text("<articles>", "utf-8")
    with pytest.raises(UsageError, match="not XML"):
        read(path)


def test_every_xml_file_of_the_folder_is_a_corpus_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "geo").mkdir()
    for name in ("GWN.xml", "lgl.xml", "TR-News.xml", "notes.txt"):
        (tmp_path / "geo" / name).write_text(LGL, "utf-8")
    assert sorted(name_of(path) for path in files(tmp_path)) == ["GeoWebNews", "LGL", "TR-News"]


def test_the_parts_are_disjoint_and_keep_the_rule(tmp_path: Path) -> None:
    many = "".join(f'<article docid="{n}"><text>x</text></article>' for n in range(200))
    path = tmp_path / "many.xml"
    path.write_text(f"<articles>{many}</articles>", "utf-8")
    look, score = ({one.key for one in read(path, part)} for part in ("look", "score"))
    assert not look & score
    assert len(look | score) == 200
    assert score == {str(n) for n in range(200) if scored(str(n))}
    assert 40 <= len(score) <= 80


# Measures -----------------------------------------------------------------------------------------------

PLACES = (
    Toponym(Span(0, 3), "Literal", 1, 10.0, 10.0),
    Toponym(Span(4, 8), "Literal", 2, 20.0, 20.0),
    Toponym(Span(9, 12), "Demonym", None, None, None),
)
TEXT = Article("a", "Abc Defg Hij Klm", PLACES)


def value(scores: Sequence[Score], measure: str) -> float:
    return next(score.value for score in scores if score.measure == measure)


def test_resolution_counts_what_is_put_nowhere_as_wrong() -> None:
    scores = list(resolution("X", [TEXT], "s", lambda _article, _gold: [((10.5, 10.0), 7), (None, None)]))
    assert value(scores, "X acc@161") == 0.5
    assert value(scores, "X median error km") > FARTHEST_KM / 2
    assert 0.5 < value(scores, "X AUC") < 0.8


def test_the_right_entry_far_away_counts_only_beside_the_distance() -> None:
    scores = list(resolution("X", [TEXT], "s", lambda _article, _gold: [((50.0, 50.0), 1), ((20.0, 20.0), None)]))
    assert value(scores, "X acc@161") == 0.5
    assert value(scores, "X acc@161 or id") == 1.0


def test_a_corpus_with_ids_resolves_only_toponyms_with_one() -> None:
    without = Article("b", "Abc", (Toponym(Span(0, 3), "", None, 1.0, 1.0),))
    assert with_ids([TEXT, without])
    assert pointed(without, known=True) == []
    assert len(pointed(without, known=False)) == 1
    assert away(PLACES[0], (10.0, 10.0)) == 0.0


def test_recognition_wants_the_exact_span_and_leaves_associative_ones_out_of_the_literal() -> None:
    found = {Span(0, 3): (10.0, 10.0), Span(4, 9): (20.0, 20.0), Span(9, 12): None, Span(13, 16): None}
    scores = list(recognition("X", [TEXT], "s", lambda _article: found))
    assert value(scores, "X recognition precision") == 0.5
    assert value(scores, "X recognition recall") == pytest.approx(2 / 3)
    assert value(scores, "X recognition F1, literal") == pytest.approx(2 * 1 / (2 + 3))
    assert value(scores, "X recognition F1, overlap") == pytest.approx(2 * 3 / 7)
    assert value(scores, "X end to end F1") == pytest.approx(2 * 1 / (2 + 3))
