"""What the fields of a record type are, read once from its class.

The codec, the JSON Schemas, the data dictionary, the merge and the checks all ask here, so that
a field added to a class in `records` is known to all of them.
"""

from dataclasses import MISSING, dataclass, fields
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from ccmeet.model.records import Record
from ccmeet.partialdate import PartialDate

Kind = Literal["text", "date", "whole", "decimal", "flag", "part"]

_SCALARS: dict[type, Kind] = {
    str: "text",
    PartialDate: "date",
    bool: "flag",
    int: "whole",
    float: "decimal",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """One field: what its value is (`kind`), whether it is a list (`many`), what may stand there.

    `part` is the class of a value made of fields; with kind `text` an item may be either.
    `ref` names the record types that an id here may point to; `form` (url, id, sha256) and
    `choices` limit a text; `key` is the identity of a list's items (see `records.key_of`).
    """

    name: str
    kind: Kind
    many: bool
    required: bool
    default: object
    part: type | None
    choices: tuple[str, ...]
    doc: str
    key: str
    ref: tuple[str, ...]
    form: str


@cache
def shapes_of(part: type) -> tuple[Shape, ...]:
    """The fields of a record type or of a part of one, in the order in which files show them.

    Of a record: its id, then the type's own fields, then what every record has.
    """
    hints = get_type_hints(part)
    shapes = [_shape(spec, hints[spec.name]) for spec in fields(part)]
    if issubclass(part, Record):
        shared = {spec.name for spec in fields(Record)} - {"id"}
        shapes.sort(key=lambda shape: (shape.name in shared, shape.name != "id"))
    return tuple(shapes)


@cache
def shapes_by_name(part: type) -> dict[str, Shape]:
    """The same, by name."""
    return {shape.name: shape for shape in shapes_of(part)}


def _shape(spec: Any, hint: Any) -> Shape:
    many = get_origin(hint) is tuple
    kinds = _alternatives(get_args(hint)[0] if many else hint)
    choices: tuple[str, ...] = ()
    kind: Kind = "part"
    part: type | None = None
    for each in kinds:
        if get_origin(each) is Literal:
            kind, choices = "text", get_args(each)
        elif each in _SCALARS:
            kind = _SCALARS[each]
        else:
            part = each
    more = spec.metadata
    return Shape(
        name=spec.name,
        kind=kind,
        many=many,
        required=spec.default is MISSING and spec.default_factory is MISSING,
        default=None if spec.default is MISSING else spec.default,
        part=part,
        choices=choices,
        doc=more.get("doc", ""),
        key=more.get("key", ""),
        ref=tuple(more["ref"].split("|")) if more.get("ref") else (),
        form=more.get("form", ""),
    )


def _alternatives(hint: Any) -> tuple[Any, ...]:
    if get_origin(hint) in (Union, UnionType):
        return tuple(each for each in get_args(hint) if each is not NoneType)
    return (hint,)
