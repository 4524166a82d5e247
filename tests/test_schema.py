"""Schemas and the data dictionary agree with the types, and with what the codec takes."""

import re
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Any

import pytest
import yaml

from ccmeet.codec import decode_record, encode_record
from ccmeet.codec.dump import dump_record
from ccmeet.model.archive import Site
from ccmeet.model.records import TYPES, MeetingRecord, OfficialRecord, ParticipantRecord, Source
from ccmeet.model.shape import shapes_of
from ccmeet.partialdate import PartialDate
from ccmeet.schema import FOLDER, dictionary, schema_files, schema_of, schema_text


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


def complaints(schema: dict[str, Any], value: object, at: str = "") -> list[str]:
    """A validator of the keywords that the schemas use, to check them without a library."""
    if "anyOf" in schema:
        return min((complaints(each, value, at) for each in schema["anyOf"]), key=len)
    if "enum" in schema:
        return [] if value in schema["enum"] else [f"{at}: not in enum"]
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float)}
    kind = schema["type"]
    if not isinstance(value, kinds[kind]):
        return [f"{at}: not {kind}"]
    if kind == "string" and not re.search(schema.get("pattern", ""), str(value)):
        return [f"{at}: pattern"]
    if isinstance(value, list):
        return [
            c
            for n, each in enumerate(value)
            for c in complaints(schema["items"], each, f"{at}.{n}")
        ]
    found = []
    if isinstance(value, dict):
        found += [f"{at}: lacks {k}" for k in schema.get("required", []) if k not in value]
        for key, each in value.items():
            if key in schema["properties"]:
                found += complaints(schema["properties"][key], each, f"{at}.{key}")
            else:
                found.append(f"{at}: unknown {key}")
    return found


GOOD = [
    MeetingRecord(
        id="m-1",
        name="2024",
        edition=10,
        start_date=PartialDate(2024),
        end_date=PartialDate(2024, 7, 29),
        participants=(ParticipantRecord(city="yunzhou", role="host"), ParticipantRecord(count=3)),
        sources=("a-1", Source(url="https://example.org/1", title="甲")),
    ),
    OfficialRecord(id="li-si", name="李四", aliases=("li-4",)),
]


@pytest.mark.parametrize("record", GOOD, ids=lambda record: record.id)
def test_what_the_codec_writes_fits_the_schema(record: Any) -> None:
    kind = next(kind for kind, part in TYPES.items() if isinstance(record, part))
    # Editors read YAML 1.2, where a day is a text: BaseLoader's strings, numbers put back.
    data = numbers(yaml.load(dump_record(record), Loader=yaml.CBaseLoader), schema_of(kind))
    assert complaints(schema_of(kind), data) == []


def numbers(value: Any, schema: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        options = schema.get("anyOf", [schema])
        inner = next((each["properties"] for each in options if "properties" in each), {})
        return {key: numbers(each, inner.get(key, {})) for key, each in value.items()}
    if isinstance(value, list):
        return [numbers(each, schema["items"]) for each in value]
    return int(value) if schema.get("type") == "integer" else value


@pytest.mark.parametrize(
    ("line", "at"),
    [("naem: x", "unknown naem"), ("state: hold", "enum"), ("start_date: 2024-13", "pattern")],
)
def test_schema_and_codec_refuse_the_same(line: str, at: str) -> None:
    text = f"id: m\n{line}\n"
    assert decode_record("meetings", text, "m.yaml").problems
    found = complaints(schema_of("meetings"), yaml.load(text, Loader=yaml.CBaseLoader))
    assert any(at in each for each in found)


def test_the_dictionary_names_every_field_and_says_what_it_is() -> None:
    rows = dictionary()
    assert all(row.doc and row.kind for row in rows)
    top = {(row.type, row.field) for row in rows if "." not in row.field}
    parts = {**TYPES, "site": Site}
    assert top == {(kind, shape.name) for kind, part in parts.items() for shape in shapes_of(part)}
    assert ("meetings", "documents.signatories.city") in {(row.type, row.field) for row in rows}
    assert len(rows) == len(set(rows))
