"""The site on disk: whole, minimal in what it touches, never outside its own folder."""

import errno
from pathlib import Path

import pytest

from ccmeet.errors import ContentError
from ccmeet.showing.write import MARKER, Written, write_site

SITE = {"index.html": b"home", "cities/linjiang/index.html": b"a city"}


def held(out: Path) -> dict[str, bytes]:
    return {
        f.relative_to(out).as_posix(): f.read_bytes()
        for f in out.rglob("*")
        if f.is_file() and f.name != MARKER
    }


def test_writes_all_then_only_what_changed(tmp_path: Path) -> None:
    out = tmp_path / "build"
    assert write_site(out, SITE) == Written(2, 0, 0)
    assert held(out) == SITE
    before = (out / "index.html").stat().st_mtime_ns
    assert write_site(out, SITE | {"cities/linjiang/index.html": b"news"}) == Written(1, 0, 1)
    assert (out / "index.html").stat().st_mtime_ns == before


def test_stale_pages_and_leftovers_go(tmp_path: Path) -> None:
    out = tmp_path / "build"
    write_site(out, SITE)
    (out / ".ccmeet-tmp-1").write_bytes(b"half")
    assert write_site(out, {"index.html": b"home"}) == Written(0, 2, 1)
    assert held(out) == {"index.html": b"home"}
    assert not (out / "cities").exists()


def test_a_file_may_become_a_folder_and_back(tmp_path: Path) -> None:
    write_site(tmp_path / "b", {"x": b"1"})
    write_site(tmp_path / "b", {"x/y": b"2"})
    write_site(tmp_path / "b", {"x": b"3"})
    assert held(tmp_path / "b") == {"x": b"3"}


def test_a_strangers_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", "utf-8")
    with pytest.raises(ContentError, match="not made by ccmeet"):
        write_site(tmp_path, SITE)
    assert [f.name for f in tmp_path.iterdir()] == ["thesis.txt"]


def test_links_are_refused(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "link").symlink_to(elsewhere)
    with pytest.raises(ContentError, match="symbolic link"):
        write_site(tmp_path / "link", SITE)
    write_site(tmp_path / "build", {"index.html": b""})
    (tmp_path / "build" / "cities").symlink_to(elsewhere)
    with pytest.raises(ContentError, match="symbolic link"):
        write_site(tmp_path / "build", SITE)
    assert list(elsewhere.iterdir()) == []


def test_paths_that_a_disk_takes_for_one(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="differ in case only"):
        write_site(tmp_path / "b", {"a/index.html": b"", "A/index.html": b""})


def test_a_full_disk_is_told_and_heals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "build"
    write_site(out, SITE)
    with monkeypatch.context() as patch:

        def full(self: Path, data: bytes) -> int:
            raise OSError(errno.ENOSPC, "No space left on device", str(self))

        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(ContentError, match="No space left"):
            write_site(out, SITE | {"index.html": b"new home"})
    assert held(out) == SITE
    write_site(out, SITE | {"index.html": b"new home"})
    assert held(out)["index.html"] == b"new home"
