"""The house keeps its floors: an import goes only down, and each library has one importer."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).parent.parent / "src" / "ccmeet"

# A room's floor is that of the longest name here that begins its own. Rooms on one floor
# don't know each other, unless the right-hand list says whom a room may ask.
FLOORS = {
    "errors": 0, "text": 0, "partialdate": 0, "numerals": 0, "forks": 0, "fresh": 0,
    "model": 1,
    "codec": 2, "schema": 2, "lexicon": 2, "outlets": 2,
    "ingest": 3, "rules": 3,
    "reading": 4, "showing": 4,
    "build": 5, "serve": 5, "cli": 6, "__main__": 7,
}  # fmt: skip
BESIDE = {("lexicon", "codec"), ("outlets", "codec"), ("schema", "codec"), ("forks", "errors")}
ONE_IMPORTER = {
    "bs4": "ingest/html.py",
    "yaml": "codec/tree.py",
    "jinja2": "showing/render.py",
    "markdown_it": "showing/markdown.py",
}


def rooms() -> list[Path]:
    return sorted(SRC.rglob("*.py"))


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are written out"
            yield node.module or ""


@pytest.mark.parametrize("file", rooms(), ids=lambda f: f.relative_to(SRC).as_posix())
def test_imports_go_down(file: Path) -> None:
    own = file.relative_to(SRC).with_suffix("").parts
    if own == ("__init__",):
        return
    for name in imports(file):
        if not name.startswith("ccmeet."):
            continue
        room = name.split(".")[1]
        if room == own[0]:
            # Rules don't import each other; only the tuple in rules/__init__.py names them all.
            assert room != "rules" or own[1] == "__init__", f"{file.name} imports the rule {name}"
            continue
        assert FLOORS[room] < FLOORS[own[0]] or (own[0], room) in BESIDE, f"{own} -> {name}"


@pytest.mark.parametrize("library", ONE_IMPORTER)
def test_each_library_has_one_importer(library: str) -> None:
    users = [
        f.relative_to(SRC).as_posix()
        for f in rooms()
        if any(name.split(".")[0] == library for name in imports(f))
    ]
    assert users == [ONE_IMPORTER[library]]
