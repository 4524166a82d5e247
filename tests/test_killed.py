"""Commands that are killed, crowded or out of room: no file is half written, the next run heals."""

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ccmeet.build import parse_articles, rename_record
from ccmeet.cli import run
from ccmeet.reading.store import load_archive
from ccmeet.reading.writer import alone

SOUND = Path(__file__).parent / "sites" / "invalid" / "sound"
ARTICLE = (
    "东湾5月4日讯 江湾三城第二届会商会5月3日在东湾召开。\n\n会上签署《江湾三城2031年合作清单》。\n"
)
CALLS = (
    (Path, "write_bytes"),
    (Path, "replace"),
    (Path, "unlink"),
    (Path, "chmod"),
    (Path, "mkdir"),
    (os, "fsync"),
)

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked child")


def quiet(_: str) -> None:
    pass


def rename_it(root: Path) -> None:
    rename_record(root, "cities/dongwan", "east-bay", dry=False, say=quiet)


def parse_it(root: Path) -> None:
    parse_articles(root, say=quiet)


def content(root: Path) -> dict[str, bytes]:
    paths = (path for path in (root / "content").rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


@contextmanager
def stopped_at(
    count: int, stop: Callable[[Path | int], None], patch: pytest.MonkeyPatch
) -> Iterator[list[int]]:
    """The `count`th call that touches the disk is not made: `stop` is called instead."""
    calls = [0]

    def counted(call: Any) -> Any:
        def run(path: Any, *args: Any, **more: Any) -> Any:
            calls[0] += 1
            if calls[0] == count:
                stop(path)
            return call(path, *args, **more)

        return run

    with patch.context() as patched:
        for owner, name in CALLS:
            patched.setattr(owner, name, counted(getattr(owner, name)))
        yield calls


def project(root: Path) -> Path:
    shutil.copytree(SOUND / "content", root / "content")
    (root / "content/articles/jiangan-2.txt").write_text(ARTICLE, "utf-8")
    return root


def killed(root: Path, work: Callable[[Path], None], at: int, patch: pytest.MonkeyPatch) -> bool:
    """Whether a child that does the work was killed at its `at`th call."""
    child = os.fork()
    if child == 0:
        with stopped_at(at, lambda _: os.kill(os.getpid(), signal.SIGKILL), patch):
            work(root)
        os._exit(0)
    return os.waitpid(child, 0)[1] == signal.SIGKILL


@pytest.mark.parametrize("work", [rename_it, parse_it])
def test_killed_at_every_stage(
    work: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(project(tmp_path / "whole"))
    work(tmp_path / "whole")
    after = content(tmp_path / "whole")
    at = 1
    while True:
        root = project(tmp_path / str(at))
        if not killed(root, work, at, monkeypatch):
            break
        for file, data in content(root).items():
            if not Path(file).name.startswith("."):
                assert data in (before.get(file), after.get(file)), f"{file}, killed at {at}"
        load_archive(root)  # any command begins so, and finishes what was begun
        healed = {file for file in content(root) if not Path(file).name.startswith(".")}
        assert healed in (set(before), set(after)), f"killed at {at}"
        if healed == set(before):
            work(root)
        assert content(root) == after, f"killed at {at}"
        shutil.rmtree(root)
        at += 1
    assert at > 10


@pytest.mark.parametrize("work", [rename_it, parse_it])
def test_a_disk_full_at_every_stage(
    work: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(project(tmp_path / "whole"))
    work(tmp_path / "whole")
    after = content(tmp_path / "whole")

    def no_room(path: Path | int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    at = 1
    while True:
        root = project(tmp_path / str(at))
        with stopped_at(at, no_room, monkeypatch) as calls:
            try:
                work(root)
            except Exception as error:
                assert "the disk is full" in str(error), f"{error!r}, full at {at}"
        if calls[0] < at:
            break
        for file, data in content(root).items():
            assert data in (before.get(file), after.get(file)) or Path(file).name[0] == "."
        load_archive(root)
        if content(root) != after:
            work(root)
        assert content(root) == after, f"full at {at}"
        shutil.rmtree(root)
        at += 1
    assert at > 10


def test_two_at_once_the_second_waits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = project(tmp_path)
    with alone(root, quiet):
        command = [sys.executable, "-m", "ccmeet", "--root", str(root), "parse"]
        second = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert second.stderr
        assert "another ccmeet is at work on this project; waiting" in second.stderr.readline()
        assert second.poll() is None
        before = content(root)
    told = second.communicate(timeout=60)[1]
    assert second.returncode == 0, told
    assert content(root) != before
    assert run(["--root", str(root), "check"]) == 0
    assert "no problems" in capsys.readouterr().err


def test_ctrl_c_says_what_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = project(tmp_path)

    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    with stopped_at(9, interrupt, monkeypatch):
        assert run(["--root", str(root), "parse"]) == 130
    assert "interrupted" in capsys.readouterr().err
    assert run(["--root", str(root), "parse"]) == 0
    assert not [path for path in root.rglob("*") if ".ccmeet-tmp" in path.name]
