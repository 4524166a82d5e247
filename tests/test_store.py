"""Content on disk: loading it, writing it whole, refusing what must not be followed."""

import errno
import os
from pathlib import Path

import pytest

from ccmeet.codec import encode_extracted, encode_record
from ccmeet.errors import CcmeetError, ContentError
from ccmeet.model.archive import Extracted
from ccmeet.model.records import CityRecord
from ccmeet.reading.store import (
    extracted_file,
    load_archive,
    read_standing,
    record_file,
    write_content,
)

CITY = CityRecord(id="yunzhou", name="云州市")


def city_files() -> dict[str, str | None]:
    return {
        record_file("cities", "yunzhou"): encode_record("cities", CITY),
        extracted_file("cities", "yunzhou"): encode_extracted("cities", Extracted(CITY)),
    }


def test_what_is_written_is_loaded(tmp_path: Path) -> None:
    write_content(
        tmp_path,
        city_files()
        | {"content/pages/about.md": "# 关于\n", "content/site.yaml": "title: 云州档案\n"},
    )
    archive, problems = load_archive(tmp_path)
    assert problems == ()
    assert archive.cities == {"yunzhou": CITY}
    assert archive.extracted["cities"]["yunzhou"].record == CITY
    assert archive.places["cities", "yunzhou"][0] == "content/records/cities/yunzhou.yaml"
    assert archive.places["cities", "yunzhou"][1]["name"] == 3
    assert archive.pages == {"about": "# 关于\n"}
    assert archive.site.title == "云州档案"


def test_an_empty_folder_is_an_empty_archive(tmp_path: Path) -> None:
    archive, problems = load_archive(tmp_path)
    assert problems == () and not archive.cities


def test_ids_come_in_order_whatever_the_disk_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = ["b", "a-2", "a", "c1"]
    write_content(tmp_path, {record_file("cities", i): f"id: {i}\n" for i in ids})
    listed = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda path: sorted(listed(path), reverse=True))
    assert list(load_archive(tmp_path)[0].cities) == sorted(ids)


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    files = city_files()
    assert write_content(tmp_path, files) == tuple(files)
    assert write_content(tmp_path, files) == ()
    record = record_file("cities", "yunzhou")
    assert write_content(tmp_path, files | {record: None}) == (record,)
    assert not (tmp_path / record).exists()
    assert write_content(tmp_path, {record: None}) == ()


def test_a_bom_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    file = tmp_path / record_file("cities", "yunzhou")
    file.parent.mkdir(parents=True)
    file.write_bytes("\ufeffid: yunzhou\r\nname: 云州市\r\n".encode())
    assert load_archive(tmp_path)[0].cities == {"yunzhou": CITY}


@pytest.mark.parametrize("linked", ["file", "folder"])
def test_symbolic_links_are_refused_both_ways(tmp_path: Path, linked: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "yunzhou.yaml").write_text("id: yunzhou\n")
    root = tmp_path / "project"
    folder = root / "content/records/cities"
    if linked == "folder":
        folder.parent.mkdir(parents=True)
        folder.symlink_to(outside)
    else:
        folder.mkdir(parents=True)
        (folder / "yunzhou.yaml").symlink_to(outside / "yunzhou.yaml")
    archive, problems = load_archive(root)
    assert not archive.cities
    assert [p.message for p in problems] == ["a symbolic link is not followed"]
    with pytest.raises(ContentError, match="symbolic link"):
        write_content(root, city_files())
    assert (outside / "yunzhou.yaml").read_text() == "id: yunzhou\n"


@pytest.mark.parametrize("file", ["../x.yaml", "/etc/x", "a//b", "a\\b", "a/./b", "x\0", "c:x"])
def test_paths_out_of_the_project_are_refused(tmp_path: Path, file: str) -> None:
    with pytest.raises(ContentError, match="not a path to write to"):
        write_content(tmp_path, {file: "x"})


def test_a_full_disk_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_content(tmp_path, city_files())
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    write = Path.write_bytes

    def write_half(path: Path, data: bytes) -> int:
        if ".json" in path.name:
            write(path, data[: len(data) // 2])
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", write_half)
    renamed = CityRecord(id="yunzhou", name="云州")
    with pytest.raises(CcmeetError, match="the disk is full"):
        write_content(
            tmp_path,
            {
                record_file("cities", "yunzhou"): encode_record("cities", renamed),
                extracted_file("cities", "yunzhou"): encode_extracted("cities", Extracted(renamed)),
            },
        )
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


def test_a_kill_between_two_files_is_healed_by_the_next_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for stop in range(4):
        root = tmp_path / str(stop)
        folder = root / "content/records/cities"
        folder.mkdir(parents=True)
        (folder / ".yunzhou.yaml.77.ccmeet-tmp").write_text("id: yun")
        calls = 0
        replace = Path.replace

        def replace_or_die(path: Path, target: Path) -> Path:
            nonlocal calls
            calls += 1
            if calls > stop:  # noqa: B023
                os._exit(0)
            return replace(path, target)  # noqa: B023

        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", replace_or_die)
            child = os.fork()
            if child == 0:
                write_content(root, city_files())
                os._exit(0)
            os.waitpid(child, 0)
        archive, problems = load_archive(root)
        # Once the journal is in place (the first rename), loading finishes the rest.
        assert problems == () and archive.cities == ({"yunzhou": CITY} if stop else {})
        assert bool(archive.extracted["cities"]) == bool(archive.cities)
        write_content(root, city_files())
        archive, problems = load_archive(root)
        assert archive.cities == {"yunzhou": CITY} and archive.extracted["cities"]
        assert not [p for p in root.rglob("*") if p.is_file() and p.name.startswith(".")]


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_an_edit_after_an_interrupted_write_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_content(tmp_path, city_files())
    record = tmp_path / record_file("cities", "yunzhou")
    newer = {file: (text or "").replace("云州市", "云州") for file, text in city_files().items()}
    with monkeypatch.context() as patch:
        patch.setattr("ccmeet.reading.writer._take", interrupt)
        with pytest.raises(KeyboardInterrupt):
            write_content(tmp_path, newer)
    record.write_text("id: yunzhou\nname: 云州府\n")
    archive, _ = load_archive(tmp_path)
    assert archive.cities["yunzhou"].name == "云州府"
    assert archive.extracted["cities"]["yunzhou"].record == CityRecord(id="yunzhou", name="云州")
    assert not list(tmp_path.rglob("*.ccmeet-tmp")) and not list(tmp_path.rglob("*.json.*"))


@pytest.mark.parametrize("journal", ["", "[", "{}1", '[["../x", null, null]]', "[1]"])
def test_a_journal_that_is_none_is_told(tmp_path: Path, journal: str) -> None:
    (tmp_path / ".ccmeet").mkdir()
    (tmp_path / ".ccmeet/unfinished.json").write_text(journal)
    with pytest.raises(ContentError):
        load_archive(tmp_path)


def test_names_that_only_differ_by_case_are_told(tmp_path: Path) -> None:
    write_content(tmp_path, {"content/pages/About.md": "A", "content/pages/about.md": "b"})
    if len(list((tmp_path / "content/pages").iterdir())) < 2:
        pytest.skip("this disk ignores case")
    (problem,) = load_archive(tmp_path)[1]
    assert str(problem).startswith("content/pages/about.md: the same name as About.md")


def test_standing_text(tmp_path: Path) -> None:
    assert read_standing(tmp_path, "content/records/cities/yunzhou.yaml") is None
    write_content(tmp_path, city_files())
    text = read_standing(tmp_path, "content/records/cities/yunzhou.yaml")
    assert text and "name: 云州市" in text
