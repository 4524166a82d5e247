"""The README names every command, option and field, and its commands are those that CI runs."""

import re
from pathlib import Path

import pytest

from ccmeet.cli import run
from ccmeet.schema import dictionary

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_the_readme_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    run(["--help"])
    commands = re.findall(r"^    (\w+) {2,}", capsys.readouterr().out, re.M)
    assert len(commands) >= 8
    assert [name for name in commands if f"`ccmeet {name}" not in README] == []


def test_the_readme_is_the_data_dictionary() -> None:
    rows = [f"| `{e.field}` | {e.kind} | {e.doc} |" for e in dictionary()]
    assert [row for row in rows if row not in README] == []
    table = README.split("## The records, field by field")[1].split("</details>")[0]
    assert table.count("\n| `") == len(rows)


def test_ci_runs_the_commands_of_the_readme() -> None:
    ci = (ROOT / ".ci" / "run").read_text("utf-8")
    for name in ("build", "test"):
        block = README.split(f"<!-- {name} -->\n```sh\n")[1].split("\n```")[0]
        assert block.count("\n") == 0, "one command line"
        assert f"readme {name}" in ci


def test_pages_workflow_builds_frozen_with_least_rights() -> None:
    workflow = (ROOT / ".github" / "workflows" / "pages.yml").read_text("utf-8")
    build, deploy = workflow.split("  deploy:\n")
    assert "ccmeet build --frozen" in build
    assert "contents: read" in build
    assert "write" not in build
    assert "pages: write" in deploy
    assert "id-token: write" in deploy
    assert "cancel-in-progress: false" in workflow
