"""One mistake a case: what `ccmeet check` says of it, word for word.

A case in `sites/invalid/` holds the files in which it differs from the small sound archive beside
it (`NAME.gone` takes one away), and in `expected.txt` what is printed. Mistakes that no
repository can hold are made here.
"""

import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ccmeet.cli import run

CASES = Path(__file__).parent / "sites" / "invalid"
SOUND = CASES / "sound"


def laid_out(case: Path, root: Path) -> Path:
    shutil.copytree(SOUND / "content", root / "content")
    for file in sorted(path for path in (case / "content").rglob("*") if path.is_file()):
        target = root / file.relative_to(case)
        if target.suffix == ".gone":
            target.with_suffix("").unlink()
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
    return root


def checked(root: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    capsys.readouterr()
    code = run(["--root", str(root), "check"])
    out, told = capsys.readouterr()
    assert out == ""
    return code, told


def has_remedies(told: str) -> bool:
    """Whether a line that says what to do follows each finding."""
    *lines, _ = told.splitlines()
    return all(
        line.startswith("    ") or after.startswith("    ")
        for line, after in zip(lines, [*lines[1:], ""], strict=True)
    )


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_one_mistake_is_told_with_its_remedy(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], update_golden: bool
) -> None:
    code, told = checked(laid_out(CASES / case, tmp_path), capsys)
    expected = CASES / case / "expected.txt"
    if update_golden:
        expected.write_text(told, "utf-8")
        pytest.fail("what is expected was written anew; look at what changed")
    assert told == expected.read_text("utf-8")
    assert code == (
        0
        if re.search(r"no problems|^0 errors, [^,]*$", told, re.M)
        else 3
        if "conflict: " in told
        else 1
    )
    if case != "sound":
        assert told.startswith(("error: ", "warning: ", "conflict: "))
        assert has_remedies(told)


CITY = "content/records/cities/nanpu.yaml"


def too_large(root: Path) -> None:
    (root / CITY).write_text("id: nanpu\nnote: " + "长" * 400_000, "utf-8")


def names_of_one_letter_case(root: Path) -> None:
    (root / "content/records/cities/NANPU.yaml").write_text("id: NANPU\n", "utf-8")


def names_of_one_normal_form(root: Path) -> None:
    for name in ("caf\u00e9.md", "cafe\u0301.md"):
        (root / "content/pages" / name).write_text("x", "utf-8")


def articles_of_one_letter_case(root: Path) -> None:
    (root / "content/articles/JIANGAN-1.html").write_text("<p>x</p>", "utf-8")


def link_to_a_record(root: Path) -> None:
    (root / CITY).rename(root / "outside.yaml")
    (root / CITY).symlink_to(root / "outside.yaml")


def link_to_a_folder(root: Path) -> None:
    (root / "content/pages").rename(root / "outside")
    (root / "content/pages").symlink_to(root / "outside")


def link_to_an_article(root: Path) -> None:
    (root / "content/articles/outside.txt").symlink_to(root / "content/site.yaml")


def link_to_the_articles(root: Path) -> None:
    (root / "content/articles").rename(root / "outside")
    (root / "content/articles").symlink_to(root / "outside")


def name_of_255_bytes(root: Path) -> None:
    id = "n" * 250
    (root / f"content/records/cities/{id}.yaml").write_text(f"id: {id}\nname: 新浦市\n", "utf-8")


MADE: dict[Callable[[Path], None], str] = {
    too_large: f"error: {CITY}: larger than 1 MB\n    A record is short;",
    names_of_one_letter_case: f"error: {CITY}: the same name as NANPU.yaml on systems that ignore",
    names_of_one_normal_form: "error: content/pages/caf\u00e9.md: the same name as cafe\u0301.md",
    articles_of_one_letter_case: "error: content/articles/jiangan-1.txt: the same id as JIANGAN-1",
    link_to_a_record: f"error: {CITY}: a symbolic link is not followed\n    Put the file itself",
    link_to_a_folder: "error: content/pages: a symbolic link is not followed\n    Put the",
    link_to_an_article: "error: content/articles/outside.txt: not a plain file\n    Copy the",
    link_to_the_articles: "error: content/articles: a symbolic link is not followed\n    Put",
    name_of_255_bytes: "an id of 250 characters is too long\n    Use 80 at most.",
}


@pytest.mark.skipif(sys.platform == "win32", reason="needs links and names that Windows hasn't")
@pytest.mark.parametrize("make", MADE, ids=lambda make: make.__name__)
def test_what_no_repository_can_hold(
    make: Callable[[Path], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = laid_out(SOUND, tmp_path)
    make(root)
    code, told = checked(root, capsys)
    assert code == 1
    assert MADE[make] in told
    assert has_remedies(told)
