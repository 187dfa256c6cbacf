"""A desk's exports: each opens in the tool it is for, they agree, names are masked, nothing is made up."""

from __future__ import annotations

import csv
import io
import json
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.exporting.desk import Exporter, Holdings, Release, Written, export, formats
from dateline.exporting.desk.ged import priogrid
from dateline.exporting.table import COLUMNS
from dateline.knowledge.exports import acled_types, cameo, columns, goldstein, lists
from dateline.knowledge.public_offices import is_public_office
from dateline.records import DeskError, Event, UsageError
from tests.desks import PRIVATE, desk

SHAPES = {"acled": 31, "ged": 49, "polecat": 40, "gdelt": 61}
ALL = sorted(formats())


def exported(to: str, holdings: Holdings | None = None, mask: bool = True, named: tuple[str, ...] = ()) -> bytes:
    stream = io.BytesIO()
    export(holdings or desk(), to, stream, mask, named)
    return stream.getvalue()


def unpacked(data: bytes) -> bytes:
    """Return all bytes that somebody can read in a file: of an archive those of its parts and their names."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"\n".join(part for name in archive.namelist() for part in (name.encode(), archive.read(name)))


def rows(to: str) -> list[dict[str, str]]:
    text = exported(to).decode()
    if to == "gdelt":
        names = [column.name for column in columns("gdelt")]
        return [dict(zip(names, row, strict=True)) for row in csv.reader(io.StringIO(text), delimiter="\t")]
    return list(csv.DictReader(io.StringIO(text), delimiter="\t" if to == "polecat" else ","))


# Opening ------------------------------------------------------------------------------------------------


def test_csv_opens_in_pandas_and_polars(tmp_path: Path) -> None:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    export(desk(), "events-csv", tmp_path / "e.csv")
    export(desk(), "claims-csv", tmp_path / "c.csv")
    frame = pandas.read_csv(tmp_path / "e.csv")
    assert list(frame.columns) == [column.name for column in columns("events")]
    assert len(frame) == 7
    assert len(polars.read_csv(tmp_path / "c.csv")) == 6


def test_parquet_opens_in_duckdb_with_types(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    export(desk(), "events-parquet", tmp_path / "e.parquet")
    export(desk(), "claims-parquet", tmp_path / "c.parquet")
    found = duckdb.sql(
        f"SELECT killed_low, killed_best, date_start, actors, outlets FROM '{tmp_path}/e.parquet' WHERE event_id = 'e1'"
    ).fetchone()
    assert found is not None
    assert found[:2] == (12, 12)
    assert str(found[2]) == "2021-08-12"
    assert found[3] == ["Taliban"]
    assert found[4] == ["Outlet 1", "Outlet 2"]
    assert duckdb.sql(
        f"SELECT count(*) FROM '{tmp_path}/c.parquet' WHERE known > '2021-08-15 00:00:00+00'"
    ).fetchone() == (4,)


def test_xlsx_opens_and_runs_nothing(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    export(desk(), "xlsx", tmp_path / "d.xlsx")
    book = openpyxl.load_workbook(tmp_path / "d.xlsx")
    assert book.sheetnames == ["events", "claims", "accounts", "control", "codebook"]
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert [cell.value for cell in cells if str(cell.value).startswith("'=Fighting")]
    assert book["events"].max_row == 8


def test_geojson_and_geopackage_open_and_keep_events_without_a_point(tmp_path: Path) -> None:
    geopandas = pytest.importorskip("geopandas")
    export(desk(), "geojson", tmp_path / "e.geojson")
    export(desk(), "gpkg", tmp_path / "e.gpkg")
    plain = json.loads((tmp_path / "e.geojson").read_text())
    assert [one["id"] for one in plain["features"] if one["geometry"] is None] == ["e7", "e2"]
    assert next(one for one in plain["features"] if one["id"] == "e1")["geometry"]["coordinates"] == [
        62.19967,
        34.34817,
    ]
    for path in (tmp_path / "e.geojson", tmp_path / "e.gpkg"):
        frame = geopandas.read_file(path, layer=None if path.suffix == ".geojson" else "events")
        assert len(frame) == 7
        assert frame.crs.to_epsg() == 4326
        assert int(frame.geometry.notna().sum()) == 5
        assert frame.set_index("event_id").loc["e4", "precision"] == 4
    assert len(geopandas.read_file(tmp_path / "e.gpkg", layer="control")) == 1


def test_package_is_valid(tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    export(desk(), "package", tmp_path / "folder")
    export(desk(), "package", tmp_path / "p.zip")
    for path in (tmp_path / "folder" / "datapackage.json", tmp_path / "p.zip"):
        found = frictionless.Package(str(path)).validate()
        assert found.valid, found.flatten(["title", "fieldName", "note"])
    about = json.loads((tmp_path / "folder" / "datapackage.json").read_text())
    assert about["licenses"][0]["name"] == "CC-BY-4.0"
    assert about["version"].startswith("2021.08.18+")
    assert {one["name"] for one in about["resources"]} == {"events", "claims", "accounts", "control", "reports"}
    assert "| killed_best |" in (tmp_path / "folder" / "README.md").read_text()
    assert 'type: "dataset"' in (tmp_path / "folder" / "CITATION.cff").read_text()
    with (tmp_path / "folder" / "events.csv").open("a") as file:
        file.write("tampered\r\n")
    assert not frictionless.Package(str(tmp_path / "folder" / "datapackage.json")).validate().valid


def test_hxl_has_tags_in_the_second_row() -> None:
    found = list(csv.reader(io.StringIO(exported("hxl").decode())))
    tags = dict(zip(found[0], found[1], strict=True))
    assert tags["killed_best"] == "#affected+killed"
    assert tags["lat"] == "#geo+lat"
    assert all(not tag or tag.startswith("#") for tag in found[1])
    assert len(found) == 2 + 7


def test_json_lines_keep_the_accounts() -> None:
    found = [json.loads(line) for line in exported("events-jsonl").splitlines()]
    killed = next(field for one in found if one["id"] == "e1" for field in one["fields"] if field["name"] == "killed")
    assert [(one["value"], one["voices"][0]["name"]) for one in killed["accounts"]] == [
        ("12", "[person 1]"), ("30", "Zabihullah Mujahid"),
    ]  # fmt: skip
    claims = [json.loads(line) for line in exported("claims-jsonl").splitlines()]
    assert [one["event"] for one in claims] == ["e1", "e1", "e2", "e3", "e4", "e5"]


# Agreeing -----------------------------------------------------------------------------------------------


def test_counts_agree_across_formats() -> None:
    duckdb = pytest.importorskip("duckdb")
    del duckdb
    held = {to: formats()[to].write(Release(desk()), io.BytesIO()).rows for to in ALL if to not in SHAPES}
    for name in ("events", "claims", "accounts", "control", "reports"):
        assert len({counted[name] for counted in held.values() if name in counted}) == 1, name
    assert len(rows("events-csv")) == len(exported("events-jsonl").splitlines()) == 7
    assert len(rows("claims-csv")) == len(exported("claims-jsonl").splitlines()) == 6


@pytest.mark.parametrize("to", sorted(SHAPES))
def test_what_a_shape_leaves_out_is_counted(to: str) -> None:
    written = export(desk(), to, io.BytesIO())
    assert sum(written.rows.values()) + sum(written.left_out.values()) == 7


@pytest.mark.parametrize("to", ALL)
def test_the_same_desk_gives_the_same_bytes(to: str) -> None:
    first = exported(to)
    time.sleep(1.1 if to in ("xlsx", "gpkg", "package") else 0)
    held = desk()
    turned = Holdings(
        held.name,
        list(held.events)[::-1],
        list(held.claims)[::-1],
        held.control,
        held.reports,
        held.made_by,
        is_place=held.is_place,
    )
    assert exported(to, turned) == first


# Masking ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("to", ALL)
def test_names_of_private_persons_are_in_no_byte(to: str) -> None:
    data = unpacked(exported(to)).lower()
    assert not [name for name in PRIVATE if name.lower().encode() in data]
    open_data = unpacked(exported(to, mask=False)).lower()
    if to in ("claims-csv", "events-jsonl", "package", "xlsx", "ged"):
        assert b"karim ahmadi" in open_data


def test_parquet_and_geopackage_hide_names_when_read(tmp_path: Path) -> None:
    pandas, geopandas = pytest.importorskip("pandas"), pytest.importorskip("geopandas")
    export(desk(), "claims-parquet", tmp_path / "c.parquet")
    export(desk(), "gpkg", tmp_path / "e.gpkg")
    text = pandas.read_parquet(tmp_path / "c.parquet").to_csv()
    text += "".join(geopandas.read_file(tmp_path / "e.gpkg", layer=layer).to_csv() for layer in ("events", "control"))
    assert "[person 1]" in text
    assert not [name for name in PRIVATE if name.lower() in text.lower()]


def test_public_officials_keep_their_names() -> None:
    text = exported("claims-csv").decode()
    assert "Zabihullah Mujahid" in text
    assert "Hessamuddin Shams" in text
    assert "Shams said an attack is planned" in text


def test_a_person_asked_for_by_name_is_kept_and_others_are_not() -> None:
    text = unpacked(exported("package", named=("Karim Ahmadi",))).decode()
    assert "Karim Ahmadi" in text
    assert "Noorzai" not in text
    assert export(desk(), "events-csv", io.BytesIO()).masked == 3
    assert export(desk(), "events-csv", io.BytesIO(), named=("KARIM AHMADI",)).masked == 2


def test_other_spellings_and_short_forms_are_one_person() -> None:
    mask = Release(desk()).mask
    for words in (
        "Karim", "KARIM AHMADI's", "Kareem Ahmadi", "karim-ahmadi", "@KarimAhmadi", "#AhmadiKarim21", "the Ahmadis",
        "K\u00e1rim \u00c1hmadi", "Kari\u0304m", "Ka\u00adrim", "x.org/%20Ahmadi", "Ahmadi, Karim", "an ahmadi small",
        "karim.ahmadi@x.org", "Karim\nAhmadi", "Dr.Karim",
    ):  # fmt: skip
        masked = mask.text(words)
        assert "[person 1]" in masked, words
        assert not [part for part in ("arim", "hmadi") if part in masked.lower()]
    assert mask.text("Herat and Mujahid") == "Herat and Mujahid"


def test_the_desk_of_a_third_party_exporter_is_masked_already() -> None:
    def write(release: Release, stream: io.BytesIO) -> Written:
        stream.write(repr((release.events, release.claims, release.reports, release.control, release.name)).encode())
        return Written({})

    stream = io.BytesIO()
    Exporter("own", ".txt", "", (), write).write(Release(desk()), stream)  # type: ignore[arg-type]
    assert not [name for name in PRIVATE if name.lower().encode() in stream.getvalue().lower()]


@pytest.mark.parametrize(
    ("role", "body", "public"),
    [
        ("Badghis Governor", "", True), ("spokesman for the governor", "", True), ("police chief", "", True),
        ("deputy head of the regional council", "", True), ("member of parliament", "", True),
        ("Prime Minister", "", True), ("TPLF's chief negotiator", "tplf", True), ("Taliban leader", "taliban", True),
        ("UN resident coordinator", "united-nations", True), ("teacher", "", False), ("resident", "", False),
        ("driver of the minister", "", False), ("minister's driver", "", False), ("ex-minister", "", False),
        ("brother of the president", "", False), ("former governor", "", False), ("village elder", "", False),
        ("soldier", "AF:state-force", False), ("head of the household", "", False), ("", "AF:government", False),
        ("doctor", "hospital", False),
    ],
)  # fmt: skip
def test_who_is_public(role: str, body: str, public: bool) -> None:
    assert is_public_office(role, body) is public


# Shapes -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("to", "width"), sorted(SHAPES.items()))
def test_shapes_have_their_columns_and_allowed_values(to: str, width: int) -> None:
    made = columns(to)
    assert len(made) == width
    found = rows(to)
    assert found
    missing = "None" if to == "polecat" else ""
    known = lists()
    for row in found:
        for column in made:
            cell = row[column.name]
            if column.empty:
                assert cell == missing, column.name
            elif column.allowed and cell != missing:
                for item in cell.split(";") if column.type == "list" else [cell]:
                    assert item in known[column.allowed], (column.name, cell)


def test_acled_takes_the_lowest_number_and_leaves_the_unreported_empty() -> None:
    found = {row["event_id_cnty"]: row for row in rows("acled")}
    assert list(found) == ["e1", "e2"]
    first, second = found["e1"], found["e2"]
    assert (first["fatalities"], first["event_date"], first["time_precision"]) == ("12", "2021-08-12", "1")
    assert first["notes"].startswith("Fighting in Herat. Actor: Taliban (")
    assert "Killed: 12 ([person 1]); 30 (Zabihullah Mujahid)." in first["notes"]
    assert first["tags"] == "disputed: killed"
    assert (first["iso"], first["region"], first["interaction"]) == ("4", "", "")
    assert (second["event_date"], second["time_precision"]) == ("2021-08-17", "2")
    assert (second["actor2"], second["civilian_targeting"]) == ("Civilians (Afghanistan)", "Civilians targeted")
    assert second["interaction"] == "Rebel group-Civilians"
    assert (second["latitude"], second["geo_precision"]) == ("", "2")
    assert export(desk(), "acled", io.BytesIO()).left_out == {
        "denied": 1, "no day": 1, "no place": 1, "only planned": 1, "only the country is known": 1,
    }  # fmt: skip


def test_ged_adds_up_and_has_no_row_without_dead() -> None:
    found = {row["id"]: row for row in rows("ged")}
    assert list(found) == ["e1", "e2"]
    first, second = found["e1"], found["e2"]
    assert (first["low"], first["best"], first["high"]) == ("12", "12", "30")
    assert (first["deaths_a"], first["deaths_civilians"], first["deaths_unknown"]) == ("", "", "12")
    assert (second["deaths_civilians"], second["deaths_unknown"], second["type_of_violence"]) == ("4", "0", "3")
    assert (second["side_a"], second["side_b"], second["country_id"], second["gwnoa"]) == (
        "Taliban",
        "Civilians",
        "700",
        "",
    )
    assert (second["date_start"], second["date_end"], second["date_prec"]) == ("2021-08-14", "2021-08-20", "3")
    assert first["source_original"] == "[person 1];Zabihullah Mujahid"
    for row in found.values():
        parts = [int(row[name] or 0) for name in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")]
        assert sum(parts) == int(row["best"]) >= 1


def test_gdelt_and_polecat_codes() -> None:
    found = {row["GlobalEventID"]: row for row in rows("gdelt")}
    assert set(found) == {"e1", "e2", "e5", "e6", "e7"}
    assert (found["e1"]["EventCode"], found["e1"]["QuadClass"], found["e1"]["GoldsteinScale"]) == ("193", "4", "-10")
    assert (found["e1"]["ActionGeo_CountryCode"], found["e1"]["Actor1Code"]) == ("AF", "AFGREB")
    assert found["e5"]["ActionGeo_Type"] == "1"
    coded = {row["Event ID"]: row for row in rows("polecat")}
    assert (coded["e7"]["Event Type"], coded["e7"]["Event Mode"], coded["e7"]["Intensity"]) == ("PROTEST", "demo", "-5")
    assert coded["e7"]["Quad Code"] == "MATERIAL CONFLICT"
    assert coded["e1"]["Contexts"] == "None"


def test_priogrid_cells() -> None:
    assert priogrid(-89.9, -179.9) == 1
    assert priogrid(89.9, 179.9) == 259_200
    assert priogrid(34.5167, 69.1833) == 179_779


# Data and failures --------------------------------------------------------------------------------------


def test_the_lists_hold_together() -> None:
    assert len(acled_types()) == 25
    assert len(lists()["acled_event"]) == 6
    for plover in lists()["plover"]:
        code = cameo(plover, "", "", "Battles")
        assert code, plover
        assert goldstein(code) is not None
    mine = {column.name: column.gloss for column in columns("claims")}
    assert not [name for name, gloss in COLUMNS.items() if name in mine and mine[name] != gloss]


def test_errors_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there are events-csv"):
        export(desk(), "nothing", tmp_path / "x")
    (tmp_path / "file").write_text("")
    with pytest.raises(DeskError, match="cannot be written"):
        export(desk(), "events-csv", tmp_path / "file" / "e.csv")
    (tmp_path / "kept.csv").write_text("as it was")
    with pytest.raises(RuntimeError):
        export(Holdings("d", _failing(), []), "events-csv", tmp_path / "kept.csv")
    assert (tmp_path / "kept.csv").read_text() == "as it was"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_an_empty_desk_exports() -> None:
    for to in ALL:
        assert isinstance(exported(to, Holdings("empty", [], [])), bytes)


def _failing() -> Iterator[Event]:
    yield from ()
    raise RuntimeError("the desk went away")


# A desk that was read ----------------------------------------------------------------------------------

REPORTS = {
    "1-wire.txt": "HERAT, Aug 12, 2021 - Taliban fighters attacked a police post in Herat on Thursday, killing five"
    " policemen, Governor Abdul Saboor Qani said.\n\nNajib Sultani, a shopkeeper, said two of his cousins were wounded."
    " \"They came at night,\" Sultani told reporters.\n",
    "2-radio.txt": "HERAT, Aug 13, 2021 - Seven policemen were killed when the Taliban attacked a police post in Herat"
    " on Thursday, Taliban spokesman Zabihullah Mujahid said.\n\nA bullet wounded Parwana Haidari, 34, in her house.\n",
    "3-daily.txt": "QALA-E NAW, Aug 14, 2021 - The Taliban captured the district of Muqur on Friday, a resident, Mirza"
    " Gul Osmani, said by telephone. The ministry of defence denied that the district had fallen.\n",
}  # fmt: skip
UNNAMED = ("Najib", "Sultani", "Parwana", "Haidari", "Mirza", "Osmani")


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.gazetteer
def test_a_desk_that_was_read_exports_without_private_names(tmp_path: Path) -> None:
    from dateline.desk import open_desk

    for name, words in REPORTS.items():
        (tmp_path / name).write_text(words)
    with open_desk(tmp_path / "herat.desk", create=True) as read:
        read.add([tmp_path / name for name in REPORTS], known="published")
        read.code(workers=1)
        read.reconcile()
        made = {}
        for to in ALL:
            path = tmp_path / "out" / f"{to}{formats()[to].suffix}"
            written = read.export(to, path)
            made[to] = written.rows
            data = unpacked(path.read_bytes()).lower()
            assert not [one for one in UNNAMED if one.lower().encode() in data], to
            again = tmp_path / f"again-{path.name}"
            read.export(to, again)
            assert again.read_bytes() == path.read_bytes(), to
        open_text = io.BytesIO()
        read.export("claims-csv", open_text, mask=False)
    assert [one for one in UNNAMED if one.encode() in open_text.getvalue()] == list(UNNAMED)
    assert made["events-csv"]["events"] >= 2
    assert made["events-csv"]["events"] == made["gpkg"]["events"] == made["package"]["events"]
    assert "Zabihullah Mujahid" in (tmp_path / "out" / "claims-csv.csv").read_text()
    frictionless = pytest.importorskip("frictionless")
    assert frictionless.Package(str(tmp_path / "out" / "package.zip")).validate().valid


# Documents ---------------------------------------------------------------------------------------------


def test_the_documents_name_every_format_and_column() -> None:
    from tools import columns as page

    assert page.PATH.read_text(encoding="utf-8") == page.reference(), "run `make docs`"
    told = (page.PATH.parent / "exports.md").read_text(encoding="utf-8")
    assert not [name for name in formats() if f"`{name}`" not in told]
