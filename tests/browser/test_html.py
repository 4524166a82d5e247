"""The HTML of every page of every site is valid: html-validate with its recommended rules.

Off is only wcag/h32: the filters of a search take effect at once and have no submit button.
"""

import json
import subprocess

from conftest import HERE, BuiltSite, npm_tool


def test_every_page_is_valid(minimal: BuiltSite, english: BuiltSite, own: BuiltSite) -> None:
    tool = npm_tool("html-validate/bin/html-validate.mjs")
    command = ["node", str(tool), "--config", str(HERE / "html-validate.json")]
    sites = [f"{site.folder}/**/*.html" for site in (minimal, english, own)]
    done = subprocess.run(
        [*command, "--formatter", "json", *sites], capture_output=True, text=True, cwd=HERE
    )
    wrong = [
        f"{file['filePath']}:{one['line']}: {one['ruleId']}: {one['message']}"
        for file in json.loads(done.stdout)
        for one in file["messages"]
    ]
    assert wrong == []
    assert done.returncode == 0, done.stderr


def test_the_validator_finds_what_is_wrong() -> None:
    tool = npm_tool("html-validate/bin/html-validate.mjs")
    command = ["node", str(tool), "--config", str(HERE / "html-validate.json"), "--stdin"]
    done = subprocess.run(
        command, input="<!doctype html><p id=a><p id=a>", capture_output=True, text=True, cwd=HERE
    )
    assert done.returncode == 1
    assert "Duplicate ID" in done.stdout
