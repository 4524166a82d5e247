"""Schemas and the data dictionary agree with the types, and with what the codec takes."""

import random
import re
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml

from ccmeet.codec import decode_record, encode_record
from ccmeet.model.archive import Site
from ccmeet.model.records import TYPES, MeetingRecord, OfficialRecord, ParticipantRecord, Source
from ccmeet.model.shape import shapes_of
from ccmeet.partialdate import PartialDate
from ccmeet.schema import FOLDER, dictionary, schema_files, schema_of, schema_text
from hands import random_reading


@pytest.mark.parametrize("kind", TYPES)
def test_the_shipped_schema_is_the_types_one(kind: str) -> None:
    shipped = files("ccmeet") / "schemas" / f"{kind}.json"
    assert shipped.read_text("utf-8") == schema_text(kind), (
        f'run: python -c "from ccmeet.schema import schema_text; '
        f"print(schema_text('{kind}'), end='')\" > src/ccmeet/schemas/{kind}.json"
    )


@pytest.mark.parametrize("kind", TYPES)
def test_the_first_line_of_a_record_leads_to_its_schema(kind: str) -> None:
    first = encode_record(kind, TYPES[kind](id="x")).splitlines()[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=((?:\.\./)+)(.+)", first)
    assert found
    folder = PurePosixPath(f"content/records/{kind}")
    for _ in range(found[1].count("../")):
        folder = folder.parent
    assert f"{folder}/{found[2]}" == f"{FOLDER}/{kind}.json"
    assert f"{FOLDER}/{kind}.json" in schema_files()


class Yaml12(yaml.SafeLoader):
    """YAML as editors read it, by the core schema of 1.2: `no` and 2024-07-29 are texts."""


Yaml12.yaml_implicit_resolvers = {}
for tag, form, first in [
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", r"null|Null|NULL|~|", ["~", "n", "N", ""]),
]:
    Yaml12.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{form})$"), list(first)
    )


def complaints(kind: str, text: str) -> list[str]:
    """What an editor says of a record file, by either of the drafts that editors know."""
    checkers = pytest.importorskip("jsonschema", reason="it comes with `.[test]`")
    data, found = yaml.load(text, Yaml12), []
    for draft in (checkers.Draft7Validator, checkers.Draft202012Validator):
        draft.check_schema(schema_of(kind))
        found.append([each.message for each in draft(schema_of(kind)).iter_errors(data)])
    assert found[0] == found[1]
    return found[0]


TESTS = Path(__file__).parent
SHELVES = [TESTS.parent, TESTS / "sites" / "minimal", TESTS / "sites" / "invalid" / "sound"]


@pytest.mark.parametrize("kind", TYPES)
def test_real_records_fit_their_schema(kind: str) -> None:
    files = [f for root in SHELVES for f in (root / "content" / "records" / kind).glob("*.yaml")]
    assert files
    found = {file.stem: complaints(kind, file.read_text("utf-8")) for file in files}
    assert {stem: said for stem, said in found.items() if said} == {}


GOOD = [
    MeetingRecord(
        id="m-1",
        name="2024",
        theme="no",
        venue="12:30",
        edition=10,
        start_date=PartialDate(2024),
        end_date=PartialDate(2024, 7, 29),
        participants=(ParticipantRecord(city="yunzhou", role="host"), ParticipantRecord(count=3)),
        sources=("a-1", Source(url="https://example.org/1", title="甲", date=PartialDate(2024, 7))),
    ),
    OfficialRecord(id="li-si", name="010", aliases=("li-4",)),
]


@pytest.mark.parametrize("record", GOOD, ids=lambda record: record.id)
def test_what_the_codec_writes_fits_the_schema(record: Any) -> None:
    kind = next(kind for kind, part in TYPES.items() if isinstance(record, part))
    assert complaints(kind, encode_record(kind, record)) == []


@pytest.mark.parametrize("seed", range(40))
def test_any_record_fits_its_schema(seed: int) -> None:
    dice = random.Random(seed)
    for kind in TYPES:
        record = random_reading(dice, kind, "yunzhou")
        assert complaints(kind, encode_record(kind, record)) == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("naem: x", "'naem' was unexpected"),
        ("state: hold", "'hold' is not one of"),
        ("start_date: 2024-13", "'2024-13' is not valid"),
        ("edition: tenth", "'tenth' is not of type 'integer'"),
        ("location: 长沙", "does not match"),
        ("participants: wuhan", "'wuhan' is not of type 'array'"),
    ],
)
def test_schema_and_codec_refuse_the_same(line: str, said: str) -> None:
    text = f"id: m\n{line}\n"
    assert any(said in each for each in complaints("meetings", text))
    # Whether an id leads anywhere, and can be one, is for `check`.
    assert decode_record("meetings", text, "m.yaml").problems or "location" in line


def test_the_dictionary_names_every_field_and_says_what_it_is() -> None:
    rows = dictionary()
    assert all(row.doc and row.kind for row in rows)
    top = {(row.type, row.field) for row in rows if "." not in row.field}
    parts = {**TYPES, "site": Site}
    assert top == {(kind, shape.name) for kind, part in parts.items() for shape in shapes_of(part)}
    assert ("meetings", "documents.signatories.city") in {(row.type, row.field) for row in rows}
    assert len(rows) == len(set(rows))
