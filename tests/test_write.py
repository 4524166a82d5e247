"""Writing: only what changed, nothing of others touched, an interrupted write healed."""

import errno
import os
from pathlib import Path

import pytest

from ccmeet.errors import ContentError, UsageError
from ccmeet.showing.write import MANIFEST, open_output, write_site

FILES = {"index.html": b"home", "cities/dongwan/index.html": b"city"}


def held(out: Path) -> dict[str, bytes]:
    return {
        file.relative_to(out).as_posix(): file.read_bytes()
        for file in out.rglob("*")
        if file.is_file() and file.name != MANIFEST
    }


def test_only_what_changed_is_written_and_stale_files_go(tmp_path: Path) -> None:
    out = tmp_path / "build"
    assert write_site(out, FILES).written == 2
    stamp = (out / "index.html").stat().st_mtime_ns
    done = write_site(out, {"index.html": b"home", "new/index.html": b"new"})
    assert (done.written, done.removed, done.unchanged) == (1, 1, 1)
    assert (out / "index.html").stat().st_mtime_ns == stamp
    assert held(out) == {"index.html": b"home", "new/index.html": b"new"}
    assert not (out / "cities").exists()


def test_a_folder_of_others_is_refused_and_their_files_stay(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="did not write"):
        write_site(tmp_path, FILES)
    out = tmp_path / "build"
    write_site(out, FILES)
    (out / "CNAME").write_text("a.example", "utf-8")
    write_site(out, {})
    assert held(out) == {"CNAME": b"a.example"}


def test_a_list_that_was_tampered_with_removes_nothing_outside(tmp_path: Path) -> None:
    out = tmp_path / "build"
    write_site(out, FILES)
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    (out / MANIFEST).write_text(f"../mine.txt\n{tmp_path}/mine.txt\n", "utf-8")
    write_site(out, FILES)
    assert (tmp_path / "mine.txt").exists()


@pytest.mark.parametrize(
    "path",
    ["../up.html", "/root.html", "a/../b.html", "a\\b.html", "a\0b", "con.html", "x" * 300, "a./b"],
)
def test_odd_paths_are_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(ContentError):
        write_site(tmp_path / "build", {path: b""})
    assert not (tmp_path / "build").exists()


def test_paths_that_clash_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="in case alone"):
        write_site(tmp_path / "build", {"a/X.html": b"", "a/x.html": b""})
    with pytest.raises(ContentError, match="at once"):
        write_site(tmp_path / "build", {"a": b"", "a/b": b""})


def test_symbolic_links_are_refused(tmp_path: Path) -> None:
    out, other = tmp_path / "build", tmp_path / "other"
    other.mkdir()
    write_site(out, {"index.html": b"x"})
    (out / "cities").symlink_to(other)
    with pytest.raises(UsageError, match="symbolic link"):
        write_site(out, FILES)
    assert not list(other.iterdir())
    (tmp_path / "link").symlink_to(out)
    with pytest.raises(UsageError, match="symbolic link"):
        write_site(tmp_path / "link", FILES)


def test_a_full_disk_is_told_and_the_next_build_finishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "build"
    write_site(out, FILES)
    replaced = os.replace

    def full(source: Path, target: Path) -> None:
        if Path(target).name == "index.html":
            raise OSError(errno.ENOSPC, "No space left on device")
        replaced(source, target)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(ContentError, match="No space left"):
        write_site(out, {"index.html": b"new", "b.html": b"b"})
    assert held(out)["index.html"] == b"home"
    assert not list(out.rglob("*.ccmeet-part"))
    monkeypatch.undo()
    write_site(out, {"index.html": b"new", "b.html": b"b"})
    assert held(out) == {"index.html": b"new", "b.html": b"b"}


def test_what_a_killed_build_left_on_the_stage_goes(tmp_path: Path) -> None:
    out = tmp_path / "build"
    (out / ".ccmeet-stage").mkdir(parents=True)
    (out / ".ccmeet-stage" / "0123").write_bytes(b"half")
    assert write_site(out, FILES).written == 2
    assert held(out) == FILES


def test_a_build_that_fails_before_it_publishes_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    out = tmp_path / "build"
    with pytest.raises(ContentError), open_output(out) as output:
        output.stage("index.html", b"new")
        raise ContentError("a dead link")
    assert not out.exists()
    write_site(out, FILES)
    with pytest.raises(ContentError), open_output(out) as output:
        output.stage("index.html", b"new")
        raise ContentError("a dead link")
    assert held(out) == FILES
