"""JSON ↔ extracted records: what the parser read, one fact a line, quick to load.

The record's fields stand at the top, beside them `text` and `blocks` (an article's), `evidence`
`candidates` and `overruled`, by field path.
"""

import json
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from ccmeet.codec.build import BadValue, from_json, to_json
from ccmeet.errors import ContentError, Problem
from ccmeet.model.archive import Candidate, Extracted, Overruled
from ccmeet.model.article import Block
from ccmeet.model.fact import Evidence
from ccmeet.model.records import TYPES

_BESIDE = ("text", "blocks", "evidence", "candidates", "overruled")


def decode_extracted(kind: str, text: str, file: str) -> Extracted:
    """Read what `encode_extracted` wrote. Raises ContentError for anything else."""
    try:
        data = json.loads(text)
        beside = {name: data.pop(name) for name in _BESIDE if name in data}
        record = from_json(TYPES[kind], data)
        if record.id != PurePosixPath(file).stem:
            raise BadValue(f"the id `{record.id}` is not the file's name", "")
        return Extracted(
            record=record,
            evidence={
                path: tuple([Evidence(**each) for each in found])
                for path, found in beside.get("evidence", {}).items()
            },
            candidates={
                path: tuple([_candidate(each) for each in found])
                for path, found in beside.get("candidates", {}).items()
            },
            text=beside.get("text", ""),
            overruled={
                path: Overruled(**each) for path, each in beside.get("overruled", {}).items()
            },
            blocks=tuple([Block(**each) for each in beside.get("blocks", ())]),
        )
    except (BadValue, TypeError, AttributeError, KeyError, ValueError, RecursionError) as error:
        hint = "No hand writes this file: delete it and run `ccmeet parse`."
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        message = f"not what the parser writes ({error})"
        raise ContentError(Problem("error", message, file, line, hint=hint)) from None


def encode_extracted(kind: str, extracted: Extracted) -> str:
    """The JSON of an extracted record: indented, in stable order, ending with a line end."""
    data = to_json(extracted.record)
    if extracted.text:
        data["text"] = extracted.text
    if extracted.blocks:
        data["blocks"] = [
            {"kind": b.kind, "start": b.start, "end": b.end} for b in extracted.blocks
        ]
    if extracted.evidence:
        data["evidence"] = {
            path: [_evidence(each) for each in found]
            for path, found in sorted(extracted.evidence.items())
        }
    if extracted.candidates:
        data["candidates"] = {
            path: [
                {"value": each.value, "evidence": [_evidence(e) for e in each.evidence]}
                for each in found
            ]
            for path, found in sorted(extracted.candidates.items())
        }
    if extracted.overruled:
        data["overruled"] = {
            path: {"read": each.read, "kept": each.kept}
            for path, each in sorted(extracted.overruled.items())
        }
    return "".join(_lines(data, "")) + "\n"


def _candidate(data: dict[str, Any]) -> Candidate:
    return Candidate(data["value"], tuple([Evidence(**each) for each in data["evidence"]]))


def _evidence(evidence: Evidence) -> dict[str, Any]:
    data: dict[str, Any] = {
        "article": evidence.article,
        "start": evidence.start,
        "end": evidence.end,
        "exact": evidence.exact,
    }
    for name in ("prefix", "suffix"):
        if getattr(evidence, name):
            data[name] = getattr(evidence, name)
    data |= {"rule": evidence.rule, "basis": evidence.basis}
    if evidence.why:
        data["why"] = evidence.why
    return data


def _lines(value: Any, pad: str) -> Iterator[str]:
    """JSON with one fact a line: what holds only scalars stands on one line below the top."""
    if not value or not isinstance(value, dict | list):
        yield json.dumps(value, ensure_ascii=False)
        return
    inner = pad + "  "
    if isinstance(value, dict):
        members = [
            (json.dumps(key, ensure_ascii=False) + ": ", each) for key, each in value.items()
        ]
        opening, closing = "{}"
    else:
        members = [("", each) for each in value]
        opening, closing = "[]"
    yield opening
    for number, (lead, each) in enumerate(members):
        yield f"{',' if number else ''}\n{inner}{lead}"
        if pad and isinstance(each, dict) and _is_flat(each):
            yield json.dumps(each, ensure_ascii=False)
        else:
            yield from _lines(each, inner)
    yield f"\n{pad}{closing}"


def _is_flat(value: dict[str, Any]) -> bool:
    return not any(isinstance(each, dict | list) for each in value.values())
