"""A build that would change nothing is recognised, and only that one."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ccmeet.fresh import BUILT, read_inputs, remember, told_fresh

CALL = ["build"]


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that was built: two inputs, one output."""
    for name, text in {
        "content/site.yaml": "title: a\n",
        "content/pages/about.md": "b\n",
        "build/index.html": "c\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
        os.utime(tmp_path / name, ns=(1, 1))
    monkeypatch.chdir(tmp_path)
    root = str(tmp_path)
    remember(CALL, root, f"{root}/build", read_inputs(root), ["index.html"], "1 unchanged\n")
    return tmp_path


def test_the_same_build_again_says_what_it_would(built: Path) -> None:
    assert told_fresh(CALL) == "1 unchanged\n"


def _later(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8")
    os.utime(file, ns=(2, 2))


def test_a_bare_touch_is_forgiven(built: Path) -> None:
    _later(built / "content/pages/about.md", "b\n")
    assert told_fresh(CALL)


CHANGES: dict[str, Callable[[Path], object]] = {
    "edited": lambda root: _later(root / "content/site.yaml", "title: b\n"),
    "added": lambda root: _later(root / "content/pages/new.md", "n\n"),
    "removed": lambda root: (root / "content/pages/about.md").unlink(),
    "theme": lambda root: _later(root / "templates/base.html", "t\n"),
    "page gone": lambda root: (root / "build/index.html").unlink(),
    "page edited": lambda root: _later(root / "build/index.html", "d\n"),
    "unfinished": lambda root: _later(root / ".ccmeet/unfinished.json", "{}"),
    "broken note": lambda root: (root / BUILT).write_bytes(b"\x00half"),
    "no note": lambda root: (root / BUILT).unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_calls_for_a_build(built: Path, change: str) -> None:
    CHANGES[change](built)
    assert told_fresh(CALL) == ""


@pytest.mark.parametrize("call", [["build", "--frozen"], ["build", "--out", "x"], ["check"], []])
def test_another_call_is_another_build(built: Path, call: list[str]) -> None:
    assert told_fresh(call) == ""


def test_the_look_imports_nothing_of_weight(built: Path) -> None:
    """Without anything to do `ccmeet build` ends before it imports what a build needs."""
    heavy = "{'argparse', 'pathlib', 'json', 're', 'jinja2', 'yaml', 'bs4', 'markdown_it'}"
    code = (
        "import sys; before = set(sys.modules); from ccmeet.fresh import told_fresh; "
        f"assert told_fresh(['build']); print(sorted({heavy} & (set(sys.modules) - before)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
