"""The command line as a newcomer meets it: what it prints, what it returns, what it leaves."""

import json
import shutil
from pathlib import Path

import pytest

from ccmeet.cli import run

ROOT = Path(__file__).parent.parent
MEETING = "changjiang-zhongyou-chengshiqun-shenghui-chengshi-huishanghui-10"
SEED = ROOT / "content" / "articles" / "rednet-14141790.txt"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "content" / "articles").mkdir(parents=True)
    shutil.copy(SEED, tmp_path / "content" / "articles")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def files(folder: Path) -> dict[str, bytes]:
    """What lies in a folder, but for the caches, whose bytes tell times."""
    found = (f for f in folder.rglob("*") if f.is_file() and ".ccmeet" not in f.parts)
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in found}


def test_build_reads_what_is_new_then_has_nothing_to_do(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["build"]) == 0
    assert "new: rednet-14141790.txt" in capsys.readouterr().err
    first = files(project)
    assert "build/index.html" in first
    assert run(["build"]) == 0
    assert "0 files written, 0 removed" in capsys.readouterr().err
    assert files(project) == first


def test_everything_made_comes_back_identical(project: Path) -> None:
    assert run(["build"]) == 0
    first = files(project)
    for made in ("content/records", "content/extracted", "build"):
        shutil.rmtree(project / made)
    assert run(["build"]) == 0
    assert files(project) == first


def test_parsing_the_committed_content_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    assert run(["parse"]) == 0
    made, kept = files(tmp_path / "content"), files(ROOT / "content")
    assert {name for name in {*made, *kept} if made.get(name) != kept.get(name)} == set()


def test_frozen_refuses_what_has_no_records(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(project)
    assert run(["build", "--frozen"]) == 1
    assert "content/articles/rednet-14141790.txt: has no records" in capsys.readouterr().err
    assert files(project) == before


def test_parse_json_prints_an_object_a_line_and_goes_on_after_a_bad_file(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "empty.txt").write_bytes(b"")
    before = files(project)
    assert run(["parse", "empty.txt", str(SEED), "gone.txt", "--json"]) == 1
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [set(each) >= {"source", "problems"} for each in told] == [True, True, True]
    assert [bool(each["problems"]) for each in told] == [True, False, True]
    text = told[1]["article"]["text"]
    assert all(text[e["start"] : e["end"]] == e["exact"] for e in told[1]["evidence"])
    assert files(project) == before


def test_a_hand_edit_outlives_the_parser(project: Path) -> None:
    assert run(["build"]) == 0
    record = project / "content/records/officials/yu-zhijun.yaml"
    edited = record.read_text("utf-8").replace("name: 喻志军", "# checked in print\nname: 喻志钧")
    record.write_text(edited, "utf-8")
    assert run(["parse"]) == 0
    assert record.read_text("utf-8") == edited
    assert run(["build"]) == 0
    page = (project / "build/officials/yu-zhijun/index.html").read_text("utf-8")
    assert "喻志钧" in page


def reread(project: Path, file: str, change: dict[str, object]) -> None:
    """As if a rule had changed: what the parser read before differs from what it reads now."""
    path = project / file
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | change), "utf-8")


def test_what_a_person_did_is_found_as_left_after_a_rule_change(project: Path) -> None:
    assert run(["parse"]) == 0
    record = project / f"content/records/meetings/{MEETING}.yaml"
    theme = "theme: 携手新质生产力,共推中部高质量发展\n"
    text = record.read_text("utf-8").replace(theme, "theme: 携手\n")
    reread(project, f"content/extracted/meetings/{MEETING}.json", {"theme": "携手"})
    for old, new in (
        ("第十届会商会\n", "第十届会商会（长沙）\n"),  # a value edited,
        ("  - city: hefei\n    role: member\n", ""),  # an item deleted,
        ("      - 司法援助\n", ""),
        ("participants:\n", "# 与原报核对过 2024-08-01\nparticipants:\n"),  # notes in comments,
        ("format: in-person\n", "format: in-person  # 现场\n"),
        ("state: held\n", "venue: 湘江会议中心\nstate: held\n"),  # a value added,
        ("      - 医疗保障\n      - 优质教育\n", "      - 优质教育\n\n      - 医疗保障\n"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    record.write_text(text, "utf-8")
    assert run(["parse"]) == 0
    # The theme, which nobody touched, is what the rules now read; all else is as it was left.
    assert record.read_text("utf-8") == text.replace("theme: 携手\n", theme)
    left = files(project)
    assert run(["parse"]) == 0
    assert files(project) == left
    record.unlink()
    reread(project, f"content/extracted/meetings/{MEETING}.json", {"theme": "携手"})
    assert run(["parse"]) == 0
    assert not record.exists(), "a record that was deleted stays away"


def test_a_conflict_is_told_until_a_person_has_chosen(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["parse"]) == 0
    record = project / f"content/records/meetings/{MEETING}.yaml"
    mine = record.read_text("utf-8").replace("theme: 携手", "theme: 手携手")
    record.write_text(mine, "utf-8")
    reread(project, f"content/extracted/meetings/{MEETING}.json", {"theme": "新质生产力"})
    line = mine[: mine.index("theme: ")].count("\n") + 1
    for _ in range(2):
        capsys.readouterr()
        assert run(["parse"]) == 3
        told = capsys.readouterr().err
        assert f"conflict: content/records/meetings/{MEETING}.yaml:{line}:theme: " in told
        assert "“手携手新质生产力,共推中部高质量发展” here" in told
        assert "reads “携手新质生产力,共推中部高质量发展” in rednet-14141790 (" in told
        assert "it read “新质生产力” before" in told
        assert record.read_text("utf-8") == mine
        assert run(["check"]) == 3
    assert run(["parse", "--keep", "mine"]) == 0
    assert run(["parse"]) == run(["check"]) == 0
    assert record.read_text("utf-8") == mine


def test_a_broken_article_is_named_and_the_others_are_read(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    articles = project / "content/articles"
    other = "云州5月4日讯 云州三城第二届会商会2031年5月3日在云州召开。\n"
    (articles / "other.txt").write_text(other, "utf-8")
    assert run(["parse"]) == 0
    before = files(project / "content/records")
    (articles / SEED.name).write_bytes(b"")
    (articles / "other.txt").write_text(f"云州三城会商\n\n{other}", "utf-8")
    capsys.readouterr()
    assert run(["parse"]) == 1
    told = capsys.readouterr().err
    assert f"error: content/articles/{SEED.name}: the file is empty" in told
    assert "1 article read" in told
    after = files(project / "content/records")
    assert {name for name in after if after[name] != before[name]} == {"articles/other.yaml"}
    assert set(after) == set(before)


def test_dry_runs_write_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["parse"]) == 0
    before = files(project)
    for arguments in (
        ["rename", "cities/changsha", "xingcheng"],
        ["merge", "areas/jiaotong-hutong", "areas/jiaotong-wangluohua"],
    ):
        capsys.readouterr()
        assert run([*arguments, "--dry-run"]) == 0
        listed = capsys.readouterr().out.splitlines()
        assert files(project) == before
        copy = project.parent / f"{project.name}-copy"
        shutil.copytree(project / "content", copy / "content")
        assert run(["--root", str(copy), *arguments]) == 0
        assert capsys.readouterr().out.splitlines() == listed
        now = files(copy)
        assert {n for n in {*now, *before} if now.get(n) != before.get(n)} == set(listed)
        shutil.rmtree(copy)


def test_comments_follow_a_renamed_and_a_merged_record(project: Path) -> None:
    assert run(["parse"]) == 0
    cities = project / "content/records/cities"
    for name in ("changsha", "wuhan"):
        text = (cities / f"{name}.yaml").read_text("utf-8")
        text = text.replace("province:", f"# {name} 的批注\nprovince:")
        (cities / f"{name}.yaml").write_text(text, "utf-8")
    assert run(["rename", "changsha", "xingcheng"]) == 0
    text = (cities / "xingcheng.yaml").read_text("utf-8")
    assert "# changsha 的批注\nprovince: " in text
    assert run(["merge", "cities/xingcheng", "wuhan"]) == 0
    text = (cities / "xingcheng.yaml").read_text("utf-8")
    assert "# changsha 的批注\nprovince: " in text
    assert "\n# wuhan 的批注\n" in text
    assert run(["parse"]) == 0
    text = (cities / "xingcheng.yaml").read_text("utf-8")
    assert [name in text for name in ("# changsha 的批注\n", "# wuhan 的批注\n")] == [True, True]


def test_diff_lists_what_people_changed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["parse"]) == 0
    record = project / "content/records/cities/changsha.yaml"
    text = record.read_text("utf-8")
    record.write_text(text.replace("name: 长沙市", "name: 长沙城"), "utf-8")
    line = text.splitlines().index("name: 长沙市") + 1
    capsys.readouterr()
    assert run(["diff"]) == 0
    assert capsys.readouterr().out == (
        f"content/records/cities/changsha.yaml:{line}:name: changed: '长沙市' -> '长沙城'\n"
    )


def test_a_renamed_record_keeps_its_address_and_its_name_in_the_parser(project: Path) -> None:
    assert run(["build"]) == 0
    assert run(["rename", "officials/liu-shuang", "liu-shuang-hefei"]) == 0
    after = files(project / "content")
    assert run(["build"]) == 0
    assert "liu-shuang-hefei" in (project / "build/officials/liu-shuang/index.html").read_text()
    assert run(["parse"]) == 0
    assert files(project / "content") == after


def test_merged_records_are_one_for_the_parser_too(project: Path) -> None:
    assert run(["build"]) == 0
    assert run(["merge", "areas/jiaotong-hutong", "areas/jiaotong-wangluohua"]) == 0
    assert not (project / "content/records/areas/jiaotong-wangluohua.yaml").exists()
    after = files(project / "content/records")
    assert run(["parse"]) == 0
    assert files(project / "content/records") == after
    assert run(["check", "--strict"]) == 0


def test_a_mistake_in_a_record_names_file_line_field_and_remedy(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["build"]) == 0
    site = files(project / "build")
    record = project / "content/records/cities/changsha.yaml"
    text = record.read_text("utf-8")
    line = text.splitlines().index("name: 长沙市") + 1
    record.write_text(text.replace("name: 长沙市", "nmae: 长沙市"), "utf-8")
    capsys.readouterr()
    assert run(["build"]) == 1
    told = capsys.readouterr().err
    assert f"content/records/cities/changsha.yaml:{line}:nmae" in told
    assert "`name`" in told
    assert "Traceback" not in told
    assert files(project / "build") == site


@pytest.mark.parametrize("command", ["explain", "parse"])
def test_an_unreadable_article_is_named(
    project: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = project / "content/articles/empty.txt"
    empty.write_bytes(b"")
    assert run([command, str(empty.relative_to(project))]) == 1
    assert "content/articles/empty.txt: the file is empty" in capsys.readouterr().err
    assert not (project / "content/records").exists()


@pytest.mark.parametrize(("no_color", "is_coloured"), [(None, True), ("", True), ("1", False)])
def test_colours_only_where_they_are_wanted(
    no_color: str | None,
    is_coloured: bool,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    if no_color is not None:
        monkeypatch.setenv("NO_COLOR", no_color)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert run(["explain", str(SEED)]) == 0
    assert ("\x1b[" in capsys.readouterr().out) is is_coloured


def test_check_is_content_with_the_seed(project: Path) -> None:
    assert run(["parse"]) == 0
    assert run(["check", "--strict"]) == 0


def test_check_sees_a_changed_article(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["parse"]) == 0
    article = project / "content/articles/rednet-14141790.txt"
    article.write_bytes(article.read_bytes() + b"\n")
    assert run(["check"]) == 1
    assert "rednet-14141790" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["--version"], 0), (["--help"], 0), ([], 2), (["bild"], 2), (["parse", "nowhere.txt"], 2)],
)
def test_exit_codes(project: Path, arguments: list[str], code: int) -> None:
    assert run(arguments) == code


@pytest.mark.parametrize(
    "command", ["build", "parse", "check", "diff", "merge", "rename", "serve", "explain"]
)
def test_help_has_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "--help"]) == 0
    assert f"  ccmeet {command}" in capsys.readouterr().out.split("examples:")[1]


def test_outside_a_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["build"]) == 2
    assert "no content/ folder" in capsys.readouterr().err
