"""Downloads: every value of every record in JSON, CSV and SQLite; nothing runs in a spreadsheet."""

import csv
import io
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from archives import ARCHIVE, make_hostile
from ccmeet.model.records import TYPES, ArticleRecord, CityRecord, leaves
from ccmeet.showing.data import data_files, dictionary, downloads, record_json
from ccmeet.showing.tables import tables_of

FILES = data_files(ARCHIVE)


def rows(path: str, files: dict[str, bytes] = FILES) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[path].decode("utf-8-sig"), newline="")))


@contextmanager
def database(content: bytes) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(content)
        yield base


def test_every_value_is_in_each_form() -> None:
    flat = {kind: "".join(f.decode("utf-8-sig") for p, f in FILES.items()
                          if p.startswith(f"data/{kind}") and p.endswith("csv"))
            for kind in TYPES}  # fmt: skip
    with database(FILES["data/ccmeet.sqlite"]) as base:
        stored = "\n".join(base.iterdump())
    for kind in TYPES:
        as_json = json.loads(FILES[f"data/{kind}.json"])
        assert [r["id"] for r in as_json] == list(ARCHIVE.of(kind))
        for record in ARCHIVE.of(kind).values():
            for path, value in leaves(record):
                assert str(value) in flat[kind], path
                assert str(value) in stored, path
                if path != "status":  # the default isn't written
                    assert str(value) in FILES[f"data/{kind}.json"].decode(), path


def test_lists_are_tables_of_their_own() -> None:
    assert rows("data/meetings_areas_items.csv")[1] == {
        "record": "jiangwan-2", "areas_no": "1", "items_no": "2", "value": "互认车票",
    }  # fmt: skip
    sources = rows("data/meetings_sources.csv")
    assert sources[0]["url"] == "https://old.example.cn/9"
    assert sources[0]["value"] == ""
    assert sources[1]["value"] == "jiangan-1"
    assert rows("data/cities.csv")[0]["position_longitude"] == "113.0"
    assert {r["mode"] for r in rows("data/officials_quotes.csv")} == {"direct", "indirect"}


def test_a_spreadsheet_runs_nothing() -> None:
    names = ["=1+1", "+1", "-1", "@x", " =x", "＝x", "\tx", "\r=x", "\n=x", "安全"]
    cities = {f"c{n}": CityRecord(id=f"c{n}", name=name) for n, name in enumerate(names)}
    files = data_files(replace(ARCHIVE, cities=cities))
    cells = [row["name"] for row in rows("data/cities.csv", files)]
    assert cells[-1] == "安全"
    assert all(cell == "'" + name for cell, name in zip(cells[:-1], names, strict=False))
    for path, content in data_files(make_hostile(ARCHIVE)).items():
        if path.endswith(".csv"):
            table = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
            assert len({len(row) for row in table}) == 1
            assert content.startswith(b"\xef\xbb\xbf")


def test_the_database_answers() -> None:
    with database(FILES["data/ccmeet.sqlite"]) as base:
        found = base.execute(
            "SELECT c.name FROM meetings_participants p JOIN cities c ON c.id = p.city"
            " WHERE p.record = 'jiangwan-2' AND p.role = 'host'"
        ).fetchall()
        assert found == [("东湾市",)]
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        (meaning,) = base.execute(
            "SELECT meaning FROM dictionary WHERE \"table\" = 'meetings' AND \"column\" = 'theme'"
        ).fetchone()
        assert meaning


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_same_bytes_under_any_hash_seed(seed: str, tmp_path: Path) -> None:
    code = (
        "import sys; sys.path[:0] = [sys.argv[1]]\n"
        "from archives import ARCHIVE\n"
        "from ccmeet.showing.data import data_files\n"
        "from hashlib import sha256\n"
        "print(sha256(repr(data_files(ARCHIVE)).encode()).hexdigest())"
    )
    env = {"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo" if seed == "1" else "UTC", "PATH": ""}
    here = str(Path(__file__).parent)
    told = subprocess.run(
        [sys.executable, "-c", code, here], env=env, capture_output=True, text=True, check=True
    )
    from hashlib import sha256

    assert told.stdout.strip() == sha256(repr(FILES).encode()).hexdigest()


def test_beside_each_page() -> None:
    data = json.loads(record_json(ARCHIVE, "meetings", "jiangwan-2"))
    assert data["type"] == "meetings"
    assert data["record"]["start_date"] == "2031-05-03"
    assert data["evidence"]["theme"][0]["exact"] == "携手绘新图"
    assert "text" not in json.loads(record_json(ARCHIVE, "articles", "jiangan-1"))
    with pytest.raises(KeyError):
        record_json(ARCHIVE, "meetings", "none")


def test_drafts_and_odd_values() -> None:
    archive = replace(
        ARCHIVE,
        articles={
            "d": ArticleRecord(id="d", status="draft"),
            "s": ArticleRecord(id="s", headline="\ud800x"),
        },
    )
    files = data_files(archive)  # fmt: skip
    assert [r["id"] for r in rows("data/articles.csv", files)] == ["s"]


def test_what_the_data_page_lists() -> None:
    listed = downloads(FILES)
    assert [d.path for d in listed] == list(FILES)
    assert {d.kind for d in listed if d.media == "text/csv"} == set(TYPES)
    assert listed[-1].kind == ""


@pytest.mark.parametrize("kind", TYPES)
def test_the_dictionary_holds_every_column(kind: str) -> None:
    names = {row.name.replace(".", "_") for row in dictionary(kind)}
    for table in tables_of(ARCHIVE, kind):
        inside = table.name.removeprefix(kind).lstrip("_")
        for column in table.columns:
            if column.name in ("record", "value") or column.name.endswith("_no"):
                continue
            assert f"{inside}_{column.name}".lstrip("_") in names
    assert all(row.doc for row in dictionary(kind))
