"""A person at work on record files, in an editor: random edits of YAML text, and what was meant.

The edits know nothing of how ccmeet writes files. After each the file is still a record; what
the person decided (`Hand.values`, `gone`, `orders`) is what the edit changed in it.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from ccmeet.codec import decode_record
from ccmeet.codec.dump import dump_field, dump_item, scalar
from ccmeet.codec.tree import Entry, Node, Row, Scalar, Table, read_tree
from ccmeet.model.records import TYPES, Record, is_part, join_path, keyed, leaves
from ccmeet.model.shape import Shape, shapes_by_name, shapes_of
from ccmeet.partialdate import PartialDate

WORDS = [
    "甲",
    "乙: 丙",
    "丁 #1",
    "一\n\n二",
    "2024",
    "no",
    "12:30",
    "'引'",
    "- 戊",
    "己,庚",
    "长" * 99,
]
IDS = ["yunzhou", "haizhou", "jiangzhou", "linzhou", "xizhou"]
DATES = [PartialDate(2024), PartialDate(2024, 7), PartialDate(2024, 7, 28)]


# ---------- random records ----------


def random_value(dice: random.Random, shape: Shape) -> Any:
    """One value that a field may hold."""
    if shape.part and (shape.kind == "part" or dice.random() < 0.5):
        first = shapes_of(shape.part)[0]
        return random_part(dice, shape.part, **{first.name: random_value(dice, first)})
    if shape.choices:
        return dice.choice(shape.choices)
    if shape.ref or shape.form == "id":
        return dice.choice(IDS)
    if shape.form == "url":
        return f"https://example.org/{dice.randint(1, 3)}#top"
    if shape.form == "sha256":
        return str(dice.randint(1, 3)) * 64
    match shape.kind:
        case "date":
            return dice.choice(DATES)
        case "whole":
            return dice.randint(1, 12)
        case "decimal":
            return dice.choice([28.2, 113.0])
        case "flag":
            return dice.random() < 0.5
    return dice.choice(WORDS)


def random_list(dice: random.Random, shape: Shape) -> tuple[Any, ...]:
    items = [random_value(dice, shape) for _ in range(dice.randint(0, 4))]
    once = {key: item for key, item in keyed(shape.key, tuple(items)) if "#" not in key}
    # Now and then two parts of one key, or parts without any.
    return tuple(items if shape.kind == "part" and dice.random() < 0.1 else once.values())


def random_part(dice: random.Random, part: type, **settled: Any) -> Any:
    """Few values, so that readings often agree, differ and come back."""
    values = dict(settled)
    for shape in shapes_of(part):
        if shape.name in values or dice.random() < 0.4:
            continue
        values[shape.name] = (random_list if shape.many else random_value)(dice, shape)
    return part(**values)


def random_reading(dice: random.Random, kind: str, id: str) -> Record:
    """What a parser might read for a record; what only people write is not in it."""
    record: Record = random_part(
        dice, TYPES[kind], id=id, aliases=(), note=None, status="published"
    )
    return record


# ---------- a person ----------


@dataclass
class Hand:
    """The person's hand in one file: what was decided there, by the paths of `records.leaves`."""

    kind: str
    values: dict[str, object] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    orders: dict[str, list[str]] = field(default_factory=dict)

    def decided(self, before: Record, after: Record, read: Record | None) -> None:
        """Note what an edit changed. Taking the parser's own value leaves a field to the parser."""
        was, now, theirs = (dict(leaves(each)) if each else {} for each in (before, after, read))
        for path in {*was, *now}:
            if was.get(path) == now.get(path) or path.endswith("/sha256"):
                continue  # a hash follows its file
            self.values.pop(path, None)
            self.gone.discard(path)
            if path in now and now[path] != theirs.get(path):
                self.values[path] = now[path]
            elif path not in now and path in theirs:
                self.gone.add(path)
            elif path not in now:
                # Gone with what it stood in, which the parser doesn't read: nothing to hold on to.
                above = path.rpartition("/")[0]
                if above and not any(each.startswith(f"{above}/") for each in now):
                    self.gone = {each for each in self.gone if not each.startswith(f"{above}/")}
        lists = dict(lists_of(after))
        self.orders = {path: keys for path, keys in self.orders.items() if path in lists}
        for path, keys in lists.items():
            if keys == dict(lists_of(read)).get(path, []) if read else False:
                self.orders.pop(path, None)
            elif keys != dict(lists_of(before)).get(path):
                self.orders[path] = keys

    def lost(self, record: Record) -> list[str]:
        """What of the person's decisions a record no longer holds."""
        held = dict(leaves(record))
        # Of two equal items the one that is left is the first, whoever wrote which.
        twins = set(held.values())
        found = [
            f"{path}: {value!r}"
            for path, value in self.values.items()
            if held.get(path) != value and not ("#" in path and value in twins)
        ]
        found += [f"{path} came back" for path in self.gone if path in held]
        lists = dict(lists_of(record))
        for path, keys in self.orders.items():
            here = lists.get(path, [])
            twins = {key.partition("#")[0] for key in (*keys, *here) if "#" in key}
            keys = [key for key in keys if key.partition("#")[0] not in twins]
            if [k for k in keys if k in here] != [k for k in here if k in keys]:
                found.append(f"{path}: {keys} is now {here}")
            # An item that the parser takes away and brings back comes where it puts it.
            self.orders[path] = [key for key in keys if key in here]
        return found


def lists_of(part: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, list[str]]]:
    """Each list of a record that holds something: its path and its items' keys."""
    for shape in shapes_of(part.__class__):
        value = getattr(part, shape.name)
        here = (*path, shape.name)
        if shape.many and value:
            yield join_path(*here), [key for key, _ in keyed(shape.key, value)]
            for key, item in keyed(shape.key, value):
                if is_part(item):
                    yield from lists_of(item, (*here, key))
        elif is_part(value):
            yield from lists_of(value, here)


def edited(dice: random.Random, kind: str, text: str, mark: str) -> str:
    """The text after one edit; as it was where the edit made no record of it."""
    ends, bom = ("\r\n" if "\r\n" in text else "\n"), text[:1] == "\ufeff"
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
    tree, problems = read_tree(plain, "")
    assert tree and not problems
    edit: Callable[[Page], str] = dice.choice(EDITS)
    changed = edit(Page(dice, kind, plain, tree, mark))
    if dice.random() < 0.03:
        ends = "\r\n"
    if dice.random() < 0.03:
        bom = True
    record = decode_record(kind, changed, "content/yunzhou.yaml").record
    if record is None or any(mark in str(value) for _, value in leaves(record)):
        return text
    return ("\ufeff" if bom else "") + changed.replace("\n", ends)


@dataclass
class Page:
    """A file open in the editor. `mark` is the comment that the person may write."""

    dice: random.Random
    kind: str
    text: str
    tree: Table
    mark: str

    def fields(self) -> list[tuple[Shape, Entry, int]]:
        """Every field written, with its column."""
        return [*self._fields(self.tree, TYPES[self.kind])]

    def _fields(self, table: Table, part: type) -> Iterator[tuple[Shape, Entry, int]]:
        for entry in table.entries:
            shape = shapes_by_name(part)[entry.key.text]
            yield shape, entry, self.column(entry.key.start)
            values = entry.value.items if isinstance(entry.value, Row) else (entry.value,)
            for each in values:
                if isinstance(each, Table) and shape.part:
                    yield from self._fields(each, shape.part)

    def lists(self) -> list[tuple[Shape, Row]]:
        """Lists with a line for each item."""
        return [
            (shape, entry.value)
            for shape, entry, _ in self.fields()
            if isinstance(entry.value, Row) and not entry.value.flow and entry.value.items
        ]

    def column(self, place: int) -> int:
        return place - (self.text.rfind("\n", 0, place) + 1)

    def line(self, place: int) -> int:
        """Where the line of a place begins."""
        return self.text.rfind("\n", 0, place) + 1

    def next_line(self, place: int) -> int:
        end = self.text.find("\n", place)
        return len(self.text) if end < 0 else end + 1

    def stretches(self, starts: list[int], end: int) -> list[tuple[int, int]]:
        """The lines of neighbours: each from its beginning to the next one's."""
        firsts = [self.line(start) for start in starts]
        return list(zip(firsts, [*firsts[1:], end], strict=True))

    def items(self, row: Row) -> list[tuple[int, int]]:
        last = end_of(row)
        return self.stretches([item.start for item in row.items], self.next_line(last - 1))

    def heads(self) -> list[tuple[int, int]]:
        return self.stretches([e.key.start for e in self.tree.entries], len(self.text))

    def cut(self, start: int, end: int, new: str = "") -> str:
        return self.text[:start] + new + self.text[end:]


def end_of(node: Node) -> int:
    """The end of what a node shows."""
    if isinstance(node, Row) and not node.flow and node.items:
        return end_of(node.items[-1])
    if isinstance(node, Table) and not node.flow and node.entries:
        return end_of(node.entries[-1].value)
    return node.end


# ---------- edits ----------


def styled(dice: random.Random, value: Any) -> str:
    """A value on one line, in one of the styles that people write."""
    plain = scalar(value)
    if isinstance(value, str) and dice.random() < 0.4 and "\n" not in value:
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return dice.choice([f'"{escaped}"', "'" + value.replace("'", "''") + "'"])
    return plain


def change_value(page: Page) -> str:
    fields = [
        (shape, e.value)
        for shape, e, _ in page.fields()
        if isinstance(e.value, Scalar) and e.value.style not in ("|", ">") and e.key.text != "id"
    ]
    if not fields:
        return page.text
    shape, node = page.dice.choice(fields)
    value = random_value(page.dice, shape)
    if isinstance(value, str) and page.dice.random() < 0.5:
        value += "（改）" if not shape.choices and not shape.form and not shape.ref else ""
    lead = "" if node.end > node.start else " "
    return page.cut(node.start, node.end, lead + styled(page.dice, value))


def change_item(page: Page) -> str:
    rows = [(s, i) for s, row in page.lists() for i in row.items if isinstance(i, Scalar)]
    rows = [(s, i) for s, i in rows if i.style not in ("|", ">")]
    if not rows:
        return page.text
    shape, node = page.dice.choice(rows)
    value = random_value(page.dice, shape)
    return page.text if is_part(value) else page.cut(node.start, node.end, scalar(value))


def add_field(page: Page) -> str:
    written = {entry.key.text for entry in page.tree.entries}
    shapes = [s for s in shapes_of(TYPES[page.kind]) if s.name not in written]
    if not shapes:
        return page.text
    shape = page.dice.choice(shapes)
    value = (random_list if shape.many else random_value)(page.dice, shape)
    place = page.dice.choice([start for start, _ in page.heads()] + [len(page.text)])
    lines = [*dump_field(shape, value, 0)]
    if shape.many and value and not any(is_part(each) for each in value):
        if page.dice.random() < 0.5:
            lines = [f"{shape.name}: [{', '.join(flow(each) for each in value)}]"]
        elif page.dice.random() < 0.3:
            lines = [f"{shape.name}:", *(line for v in value for line in dump_item(v, 0))]
    newline = "" if page.text[:place].endswith("\n") else "\n"
    return page.cut(place, place, newline + "".join(f"{line}\n" for line in lines))


def flow(value: Any) -> str:
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value)


def delete_field(page: Page) -> str:
    keys = [each for each in page.heads() if not page.text.startswith("id:", each[0])]
    return page.cut(*page.dice.choice(keys)) if keys else page.text


def delete_inner(page: Page) -> str:
    """A field of an item or of a part, on one line of its own."""
    inner = [
        e
        for _, e, column in page.fields()
        if column and isinstance(e.value, Scalar) and e.value.style not in ("|", ">")
    ]
    inner = [e for e in inner if page.text[page.line(e.key.start) : e.key.start].isspace()]
    if not inner:
        return page.text
    entry = page.dice.choice(inner)
    return page.cut(page.line(entry.key.start), page.next_line(end_of(entry.value)))


def delete_item(page: Page) -> str:
    rows = page.lists()
    if not rows:
        return page.text
    _, row = page.dice.choice(rows)
    return page.cut(*page.dice.choice(page.items(row)))


def move_item(page: Page) -> str:
    rows = [row for _, row in page.lists() if len(row.items) > 1]
    return swapped(page, page.items(page.dice.choice(rows))) if rows else page.text


def move_field(page: Page) -> str:
    keys = page.heads()
    return swapped(page, keys) if len(keys) > 1 and page.text.endswith("\n") else page.text


def swapped(page: Page, parts: list[tuple[int, int]]) -> str:
    n = page.dice.randrange(len(parts) - 1)
    (a, b), (_, c) = parts[n], parts[n + 1]
    return page.text[:a] + page.text[b:c] + page.text[a:b] + page.text[c:]


def add_item(page: Page) -> str:
    rows = page.lists()
    if not rows:
        return page.text
    shape, row = page.dice.choice(rows)
    place = page.dice.choice([place for each in page.items(row) for place in each])
    item = random_value(page.dice, shape)
    lines = [*dump_item(item, page.column(row.start))]
    if is_part(item) and page.dice.random() < 0.4:
        held = [(s, getattr(item, s.name)) for s in shapes_of(item.__class__) if s.kind != "part"]
        told = [f"{s.name}: {flow(v)}" for s, v in held if v is not None and not s.many]
        lines = [" " * page.column(row.start) + "- {" + ", ".join(told) + "}"]
    newline = "" if page.text[:place].endswith("\n") else "\n"
    return page.cut(place, place, newline + "".join(f"{line}\n" for line in lines))


def free_lines(page: Page) -> list[int]:
    """Beginnings of lines that lie in no text, where a comment may stand."""
    spans = [(n.start, n.end) for n in scalars(page.tree) if "\n" in page.text[n.start : n.end]]
    starts = [0, *(m.end() for m in re.finditer("\n", page.text))]
    return [s for s in starts if not any(a < s < b for a, b in spans)]


def scalars(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    if isinstance(node, Row):
        return [each for item in node.items for each in scalars(item)]
    return [each for e in node.entries for part in (e.key, e.value) for each in scalars(part)]


def add_comment(page: Page) -> str:
    place = page.dice.choice(free_lines(page))
    lead = re.match(" *", page.text[place:])
    assert lead
    newline = "" if page.text[:place].endswith("\n") or not place else "\n"
    pad = page.dice.choice([lead.group(), "", "    "])
    return page.cut(place, place, f"{newline}{pad}{page.mark}\n")


def add_comment_behind(page: Page) -> str:
    place = page.dice.choice(free_lines(page))
    end = page.next_line(place)
    line = page.text[place:end].rstrip("\n")
    block = re.search(r"[:-] [|>][-+]?$", line)
    if not line.strip() or "#" in line or (block and page.dice.random() < 0.5):
        return page.text
    return page.cut(place + len(line), place + len(line), f"  {page.mark}")


def add_blank(page: Page) -> str:
    place = page.dice.choice(free_lines(page))
    return page.cut(place, place, page.dice.choice(["\n", "   \n", "\n\n"]))


def set_in_brackets(page: Page) -> str:
    rows = [
        (e, e.value)
        for _, e, _ in page.fields()
        if isinstance(e.value, Row) and all(isinstance(i, Scalar) for i in e.value.items)
    ]
    rows = [(e, row) for e, row in rows if not row.flow and row.items and "#" not in
            page.text[row.start : end_of(row)]]  # fmt: skip
    if not rows:
        return page.text
    entry, row = page.dice.choice(rows)
    items = [flow(i.text.rstrip("\n")) for i in row.items if isinstance(i, Scalar)]
    glue = page.dice.choice([", ", f",\n{' ' * (page.column(entry.key.start) + 2)}"])
    end = end_of(row)
    while page.text[end - 1] in " \n":
        end -= 1
    return page.cut(entry.key.end + 1, end, f" [{glue.join(items)}]")


def requote(page: Page) -> str:
    plain = [n for n in scalars(page.tree) if not n.style and "\n" not in n.text and n.text]
    node = page.dice.choice(plain)
    return page.cut(node.start, node.end, flow(node.text))


def write_block(page: Page) -> str:
    """A longer text, with blank lines and what looks like a comment in it."""
    text = page.dice.choice(
        ["note: |\n  一句话。\n\n  # 不是批注\n  二句。\n", "note: >-\n  折\n  行\n"]
    )
    written = any(entry.key.text == "note" for entry in page.tree.entries)
    return page.text if written else page.text + ("" if page.text.endswith("\n") else "\n") + text


def begin_document(page: Page) -> str:
    return page.text if "---" in page.text else f"---\n{page.text}"


def end_without_line_end(page: Page) -> str:
    return page.text.rstrip("\n")


EDITS = (
    change_value, change_value, change_value, change_item, add_field, add_field, delete_field,
    delete_inner, delete_item, delete_item, move_item, move_field, add_item, add_item, add_comment,
    add_comment, add_comment_behind, add_comment_behind, add_blank, set_in_brackets, requote,
    write_block, begin_document, end_without_line_end,
)  # fmt: skip


def kind_and_id(file: str) -> tuple[str, str]:
    path = PurePosixPath(file)
    return path.parent.name, path.stem
