"""A record file brought up to date without touching what a person arranged in it.

Only what differs is changed, in place: comments, blank lines, quotes, and the order of keys stay.
A comment beside a value that goes becomes a line of its own where the value stood. What can't be
done in place (a list in brackets, items in a new order) is written anew, its comments above it.

Round-trip YAML libraries were looked at and not taken: they hang a comment on the value before
it, so that deleting the value deletes the comment, and they are slow to load.
"""

import re
from typing import Any

from ccmeet.codec.dump import dump_field, dump_item, scalar
from ccmeet.codec.tree import Entry, Node, Row, Scalar, Table
from ccmeet.model.records import is_part, keyed
from ccmeet.model.shape import Shape, shapes_of


def update_text(text: str, tree: Table, standing: Any, record: Any, blocks: bool = True) -> str:
    """The file `text` (lines ended by a line feed), read as `tree`, holding `record`.

    `standing` is the record that it holds now; `blocks` as in `dump`: a block takes in an
    indented comment that follows it, quotes don't. The caller checks the result by reading it.
    """
    editor = _Editor(text, tree, blocks)
    editor.table(tree, standing, record)
    return editor.result()


def comments_of(text: str, tree: Table) -> list[str]:
    """Every comment of a file, in order, without the blanks around it."""
    return [text[start:end].strip() for start, end in _comments(text, tree)]


class _Editor:
    """Collects changes of the text as (start, end, replacement), in characters."""

    def __init__(self, text: str, tree: Table, blocks: bool) -> None:
        self.text = text
        self.blocks = blocks
        self.comments = _comments(text, tree)
        self.changes: list[tuple[int, int, str]] = []

    def result(self) -> str:
        """The text with all changes made; insertions at one place in the order they were asked."""
        pieces = []
        done = 0
        for start, end, new in sorted(self.changes, key=lambda change: change[:2]):
            pieces += [self.text[done:start], new]
            done = max(done, end)
        return "".join(pieces) + self.text[done:]

    def table(self, node: Table, standing: Any, new: Any) -> None:
        """Change the fields that differ; `node` is written in block style."""
        entries = {entry.key.text: entry for entry in node.entries}
        anchor = node.entries[0]
        column = self.column(anchor.key.start)
        for shape in shapes_of(new.__class__):
            entry = entries.get(shape.name)
            value = getattr(new, shape.name)
            if getattr(standing, shape.name) != value:
                if entry is None:
                    lines = dump_field(shape, value, column, self.blocks)
                    self.insert(self.after(self.end(anchor.value)), lines)
                elif value is None or value in ((), shape.default):
                    self.delete(entry.key.start, self.end(entry.value))
                else:
                    self.field(shape, entry, getattr(standing, shape.name), value)
            anchor = entry or anchor

    def field(self, shape: Shape, entry: Entry, standing: Any, new: Any) -> None:
        """Change the value of a field that stays."""
        node = entry.value
        if isinstance(node, Row) and not node.flow and self.rows(shape, node, standing, new):
            return
        if isinstance(node, Table) and not node.flow and node.entries:
            self.table(node, standing, new)
            return
        column = self.column(entry.key.start)
        lines = list(dump_field(shape, new, column, self.blocks))
        if isinstance(node, Scalar) and len(lines) == 1 and node.style not in ("|", ">"):
            lead = "" if node.end > node.start else " "
            self.changes.append((node.start, node.end, lead + scalar(new)))
        else:
            self.replace(entry.key.start, self.end(node), lines)

    def rows(self, shape: Shape, node: Row, standing: Any, new: Any) -> bool:
        """Change the items that differ; False where those that stay would change their order."""
        nodes = dict(zip((key for key, _ in keyed(shape.key, standing)), node.items, strict=True))
        olds, news = dict(keyed(shape.key, standing)), dict(keyed(shape.key, new))
        if [key for key in olds if key in news] != [key for key in news if key in olds]:
            return False
        column = self.column(node.start)
        dashes = self.dashes(node, column)
        place = self.line_start(node.start)
        for key, dash in zip(olds, dashes, strict=True):
            if key not in news:
                self.delete(dash, self.end(nodes[key]))
        for key, item in news.items():
            if key not in olds:
                self.insert(place, dump_item(item, column, self.blocks))
                continue
            dash = dashes[list(olds).index(key)]
            if item != olds[key]:
                self.item(nodes[key], dash, olds[key], item)
            place = self.after(self.end(nodes[key]))
        return True

    def item(self, node: Node, dash: int, standing: Any, new: Any) -> None:
        """Change an item that stays. If its first line must go, all of it is written anew."""
        if isinstance(node, Table) and not node.flow and is_part(standing) and is_part(new):
            first = getattr(new, node.entries[0].key.text, None)
            if first not in (None, ()):
                self.table(node, standing, new)
                return
        self.replace(dash, self.end(node), dump_item(new, self.column(dash), self.blocks))

    def insert(self, place: int, lines: Any) -> None:
        self.changes.append((place, place, "".join(f"{line}\n" for line in lines)))

    def replace(self, start: int, end: int, lines: Any) -> None:
        """Put lines in the place of [start, end) and the rest of its last line."""
        stop = self.after(end)
        self.rescue(start, stop)
        written = "".join(f"{line}\n" for line in lines)
        self.changes.append((start, stop, written[self.column(start) :]))

    def delete(self, start: int, end: int) -> None:
        """Delete the lines of [start, end), which begins its line."""
        first, stop = self.line_start(start), self.after(end)
        self.rescue(start, stop)
        self.changes.append((first, stop, ""))

    def rescue(self, start: int, end: int) -> None:
        """Keep the comments of a stretch that goes, as lines of their own before it."""
        lost = [self.text[a:b].strip() for a, b in self.comments if start <= a < end]
        line = self.line_start(start)
        lead = re.match(" *", self.text[line:start])
        assert lead
        self.insert(line, [lead.group() + comment for comment in lost])

    def dashes(self, node: Row, column: int) -> list[int]:
        """Where each item's dash stands."""
        dash = re.compile(rf"^ {{{column}}}-(?=\s)", re.MULTILINE)
        found = []
        place = self.line_start(node.start)
        for item in node.items:
            match = dash.search(self.text, place)
            found.append(match.end() - 1 if match else item.start)
            place = self.after(self.end(item))
        return found

    def end(self, node: Node) -> int:
        """The end of what a node shows, without the blank lines that YAML counts to a block."""
        if isinstance(node, Row) and not node.flow and node.items:
            return self.end(node.items[-1])
        if isinstance(node, Table) and not node.flow and node.entries:
            return self.end(node.entries[-1].value)
        return node.start + len(self.text[node.start : node.end].rstrip())

    def column(self, place: int) -> int:
        return place - self.line_start(place)

    def line_start(self, place: int) -> int:
        return self.text.rfind("\n", 0, place) + 1

    def after(self, place: int) -> int:
        """Where the line after the one at `place` begins."""
        end = self.text.find("\n", place)
        return len(self.text) if end < 0 else end + 1


def _comments(text: str, tree: Table) -> list[tuple[int, int]]:
    """[start, end) of every comment: from a # that stands in no scalar to the end of its line."""
    found = []
    place = 0
    for node in [*_scalars(tree), None]:
        gap = len(text) if node is None else node.start
        while (start := text.find("#", place, gap)) >= 0:
            end = text.find("\n", start)
            place = end if end >= 0 else len(text)
            found.append((start, place))
        if node is None:
            break
        place = max(place, node.end)
        if node.style in ("|", ">"):
            line = text.find("\n", node.start)
            start = text.find(" #", node.start, line)
            if start >= 0:
                found.append((start + 1, line))
    return found


def _scalars(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    if isinstance(node, Row):
        return [each for item in node.items for each in _scalars(item)]
    pairs = [(entry.key, entry.value) for entry in node.entries]
    return [each for pair in pairs for part in pair for each in _scalars(part)]
