"""YAML text → a tree of strings that knows where everything stands; the one importer of yaml.

Nothing is guessed from how a scalar looks: `no`, `12:30` and `010` stay what was typed, and the
field's type decides later. What YAML offers beyond tables, lists and scalars (anchors, aliases,
tags, several documents, keys that are no text) is refused.
"""

import re
from dataclasses import dataclass
from typing import Any

import yaml

from ccmeet.errors import Problem

MAX_BYTES = 1_000_000
MAX_DEPTH = 50

# What YAML calls not printable; a lone surrogate can't be told to the C parser either.
_ODD = re.compile(r"[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text. `style` is "" (plain), a quote, | or >; [start, end) its place in the file."""

    text: str
    line: int
    start: int
    end: int
    style: str

    def is_empty(self) -> bool:
        """Nothing was written: no value, an empty text, or plain YAML for null."""
        return not self.text or (not self.style and self.text in ("~", "null"))


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its value in a table."""

    key: Scalar
    value: "Node"


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping. Its entries in the file's order; `flow` where it is written in braces."""

    entries: tuple[Entry, ...]
    line: int
    start: int
    end: int
    flow: bool

    def get(self, key: str) -> "Node | None":
        return next((e.value for e in self.entries if e.key.text == key), None)


@dataclass(frozen=True, slots=True)
class Row:
    """A list; `flow` where it is written in brackets."""

    items: "tuple[Node, ...]"
    line: int
    start: int
    end: int
    flow: bool


Node = Scalar | Table | Row


class _TooDeep(Exception):
    """Raised with the line on which the depth was passed."""


def load_data(text: str) -> Any:
    """ccmeet's own lexicon and outlet files, every scalar a string, as YAML's base schema says."""
    return yaml.load(text, Loader=_LOADER)


def read_tree(text: str, file: str) -> tuple[Table | None, tuple[Problem, ...]]:
    """Read one YAML document whose top is a table.

    Returns the table, or None where the text is no YAML at all, and every problem found.
    An empty file is an empty table.
    """
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "replace")) > MAX_BYTES:
        hint = "A record is short; keep long texts in content/pages."
        return None, (Problem("error", "larger than 1 MB", file, hint=hint),)
    reader = _Reader(file)
    if odd := _ODD.search(text):
        line = text.count("\n", 0, odd.start()) + 1
        reader.report(line, f"a control character (U+{ord(odd.group()):04X})", "Delete it.")
        return None, tuple(reader.problems)
    try:
        top = reader.read(yaml.parse(text.removeprefix("\ufeff"), Loader=_LOADER))
    except _TooDeep as error:
        hint = "Write records as in the other files of this folder."
        reader.report(error.args[0], f"nested deeper than {MAX_DEPTH} levels", hint)
        return None, tuple(reader.problems)
    except yaml.YAMLError as error:
        reader.report(*_syntax(error))
        return None, tuple(reader.problems)
    if top is None or (isinstance(top, Scalar) and top.is_empty()):
        top = Table((), 1, 0, 0, False)
    if not isinstance(top, Table):
        reader.report(top.line, "not a table of fields", "Write one `field: value` a line.")
        return None, tuple(reader.problems)
    return top, tuple(reader.problems)


class _Reader:
    """One pass over the parser's events."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def report(self, line: int, message: str, hint: str) -> None:
        self.problems.append(Problem("error", message, self.file, line, hint=hint))

    def read(self, events: Any) -> Node | None:
        """The first document's top; a second one is a problem. None for an empty file."""
        top: Node | None = None
        documents = 0
        for event in events:  # events come one by one, so that depth ends the reading early
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    hint = "Delete the line `---` or move what follows to a file of its own."
                    self.report(_span(event)[0], "a second YAML document", hint)
                    break
                top = self._node(next(events), events, 1)
        return top

    def _node(self, event: Any, events: Any, depth: int) -> Node:
        line, start, end = _span(event)
        if depth > MAX_DEPTH:
            raise _TooDeep(line)
        if isinstance(event, yaml.AliasEvent):
            hint = "Write the value itself out here."
            self.report(line, f"an alias (*{event.anchor}) is not allowed in a record", hint)
            return Scalar("", line, start, end, "*")
        self._plain_only(event, line)
        if isinstance(event, yaml.ScalarEvent):
            # PyYAML's C parser leaves out the style of a plain scalar, the Python one says None.
            style = event.style or ""
            return Scalar(event.value, line, start, end, style)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._row(event, events, depth)
        return self._table(event, events, depth)

    def _plain_only(self, event: Any, line: int) -> None:
        if event.anchor:
            self.report(
                line,
                f"an anchor (&{event.anchor}) is not allowed in a record",
                "Delete it; if the text begins with &, put the text in quotes.",
            )
        if event.tag:
            self.report(
                line,
                f"a tag ({event.tag}) is not allowed in a record",
                "Delete it; if the text begins with !, put the text in quotes.",
            )

    def _row(self, event: Any, events: Any, depth: int) -> Row:
        items: list[Node] = []
        inner = next(events)
        while not isinstance(inner, yaml.SequenceEndEvent):
            items.append(self._node(inner, events, depth + 1))
            inner = next(events)
        line, start, _ = _span(event)
        return Row(tuple(items), line, start, _span(inner)[2], bool(event.flow_style))

    def _table(self, event: Any, events: Any, depth: int) -> Table:
        entries: dict[str, Entry] = {}
        while not isinstance(inner := next(events), yaml.MappingEndEvent):
            key = self._node(inner, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if not isinstance(key, Scalar):
                self.report(key.line, "a key that is no text", "Write `field: value`.")
            elif key.text in entries:
                first = entries[key.text].key.line
                self.report(
                    key.line,
                    f"the field `{key.text}` stands here twice (first on line {first})",
                    "Delete one of them.",
                )
            else:
                entries[key.text] = Entry(key, value)
        line, start, _ = _span(event)
        flow = bool(event.flow_style)
        return Table(tuple(entries.values()), line, start, _span(inner)[2], flow)


def _span(event: Any) -> tuple[int, int, int]:
    """1-based line of the event's beginning; its beginning and end in characters."""
    return event.start_mark.line + 1, event.start_mark.index, event.end_mark.index


def _syntax(error: yaml.YAMLError) -> tuple[int, str, str]:
    """Line, message and remedy for a text that is no YAML."""
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    what = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable")
    context = getattr(error, "context_mark", None)
    if context and "quoted scalar" in str(getattr(error, "context", "")) and "end of" in what:
        hint = "Close it, or write the text without quotes."
        return context.line + 1, "a quote that is never closed", hint
    if "mapping values" in what:
        return line, "a colon and a blank inside an unquoted text", "Put the value in quotes."
    if "cannot start any token" in what:
        hint = "Indent with blanks, not tabs; put a text that begins with @, % or ` in quotes."
        return line, "a character that can't begin a value", hint
    hint = "Look at this line and the one above it: quotes, blanks, the colon after the field."
    return line, f"not YAML: {what}", hint
