"""A build that goes on from what the last one left equals one that starts anew, byte for byte."""

import random
import shutil
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.archive import write_articles
from ccmeet.build import build_site, parse_articles, rename_record
from ccmeet.codec import encode_record
from ccmeet.errors import ContentError
from ccmeet.model.records import TYPES, Record
from ccmeet.partialdate import PartialDate
from ccmeet.reading.store import load_archive, record_file
from ccmeet.showing.left import LEFT


def _say(line: str) -> None:
    """Nobody listens."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A parsed archive of a dozen articles on three meetings."""
    root = tmp_path_factory.mktemp("archive")
    write_articles(root, 12)
    parse_articles(root, say=_say)
    return root


@pytest.fixture
def built(archive: Path, tmp_path: Path) -> Path:
    """The same, built once."""
    root = tmp_path / "project"
    shutil.copytree(archive, root)
    build_site(root, root / "build", say=_say)
    return root


def _site(out: Path) -> dict[str, bytes]:
    return {
        file.relative_to(out).as_posix(): file.read_bytes()
        for file in out.rglob("*")
        if file.is_file()
    }


def _anew(root: Path) -> dict[str, bytes]:
    """What a build of the same content makes that knows nothing of an earlier one."""
    out = root.parent / "anew"
    shutil.rmtree(out, ignore_errors=True)
    build_site(_without_left(root), out, say=_say)
    return _site(out)


def _without_left(root: Path) -> Path:
    copy = root.parent / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    for part in ("content", "templates"):
        if (root / part).is_dir():
            shutil.copytree(root / part, copy / part)
    return copy


def _edit(root: Path, record: Record, **values: Any) -> None:
    kind = next(kind for kind, type in TYPES.items() if isinstance(record, type))
    file = root / record_file(kind, record.id)
    changed = replace(record, **values)
    file.write_text(encode_record(kind, changed, file.read_text("utf-8")), "utf-8")


def _note(root: Path, dice: random.Random, record: Record) -> None:
    _edit(root, record, note=f"改于 {dice.random()}")


def _status(root: Path, dice: random.Random, record: Record) -> None:
    _edit(root, record, status=dice.choice(["draft", "withdrawn", "published"]))


def _name(root: Path, dice: random.Random, record: Record) -> None:
    own = {each.name for each in fields(record)} & {"name", "label", "headline"}
    _edit(root, record, **{name: f"新名{dice.randint(1, 99)}" for name in own})


def _date(root: Path, dice: random.Random, record: Record) -> None:
    own = {each.name for each in fields(record)} & {"start_date", "date", "date_published"}
    day = PartialDate(2030, dice.randint(1, 12), dice.choice([0, 9]))
    _edit(root, record, **dict.fromkeys(own, day))


def _shorter(root: Path, dice: random.Random, record: Record) -> None:
    lists = [
        each.name
        for each in fields(record)
        if isinstance(getattr(record, each.name), tuple) and each.name != "sources"
    ]
    chosen = dice.choice(lists)
    _edit(root, record, **{chosen: getattr(record, chosen)[:-1]})


def _nameless(root: Path, dice: random.Random, record: Record) -> None:
    if hasattr(record, "edition"):
        _edit(root, record, name=None)


def _renamed(root: Path, dice: random.Random, record: Record) -> None:
    rename_record(root, record.id, f"{record.id}-{dice.randint(1, 999)}", dry=False, say=_say)


EDITS: list[Callable[[Path, random.Random, Record], None]] = [
    _note, _status, _name, _date, _shorter, _nameless, _renamed,
]  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
def test_edits_remake_all_that_they_change(built: Path, seed: int) -> None:
    dice = random.Random(seed)
    before = _site(built / "build")
    for _ in range(4):
        now, _ = load_archive(built)
        records = now.of(dice.choice(list(TYPES)))
        dice.choice(EDITS)(built, dice, records[dice.choice(sorted(records))])
    try:
        done = build_site(built, built / "build", say=_say)
    except ContentError:
        # Refused in both ways, and the site that was there stands.
        with pytest.raises(ContentError):
            _anew(built)
        assert _site(built / "build") == before
        return
    assert _site(built / "build") == _anew(built)
    assert done.unchanged


def test_a_note_on_one_record_remakes_few_pages(built: Path) -> None:
    archive, _ = load_archive(built)
    _note(built, random.Random(1), next(iter(archive.articles.values())))
    done = build_site(built, built / "build", say=_say)
    assert 0 < done.written < done.unchanged / 20


HARMS: dict[str, Callable[[Path], object]] = {
    "a page was edited": lambda root: (root / "build/index.html").write_bytes(b"x"),
    "a page is gone": lambda root: (root / "build/about/index.html").unlink(missing_ok=True),
    "the site is gone": lambda root: shutil.rmtree(root / "build"),
    "the list is broken": lambda root: (root / LEFT).write_bytes(b"\xffhalf"),
    "the list is another's": lambda root: (root / LEFT).write_bytes(b"("),
    "the list is gone": lambda root: (root / LEFT).unlink(),
}


@pytest.mark.parametrize("harm", HARMS)
def test_whatever_befalls_the_site_it_is_whole_again(built: Path, harm: str) -> None:
    whole = _site(built / "build")
    HARMS[harm](built)
    build_site(built, built / "build", say=_say)
    assert _site(built / "build") == whole


@pytest.mark.parametrize("name", ["templates/not_found.html", "content/site.yaml"])
def test_another_theme_or_setting_remakes_all(built: Path, name: str) -> None:
    before = _site(built / "build")
    (built / name).parent.mkdir(exist_ok=True)
    texts = {"html": "{% extends 'base.html' %}", "yaml": "title: 江河档案\n"}
    (built / name).write_text(texts[name.rpartition(".")[2]], "utf-8")
    build_site(built, built / "build", say=_say)
    assert before != _site(built / "build") == _anew(built)
