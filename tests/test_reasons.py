"""Why a value was concluded: what a rule says is understood, and told in other tongues too."""

import ast
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from archives import ARCHIVE
from ccmeet.lexicon.reasons import TEXTS, reason, then, understand
from ccmeet.model.archive import Archive
from ccmeet.reading.store import load_archive
from ccmeet.showing.render import default_theme, load_theme
from ccmeet.showing.site import make_site
from ccmeet.showing.words import read_words

ROOT = Path(__file__).parent.parent
SLOT = re.compile(r"\{(\w+)\}")
ENGLISH = read_words("en", (default_theme() / "interface" / "en.yaml").read_text("utf-8")).texts


@pytest.mark.parametrize("key", TEXTS)
def test_every_reason_is_understood_as_itself(key: str) -> None:
    slots = {name: f"甲{n}" for n, name in enumerate(SLOT.findall(TEXTS[key]))}
    (told,) = understand(reason(key, **slots))
    assert (told.key, dict(told.slots)) == (key, slots)


@pytest.mark.parametrize("key", TEXTS)
def test_every_reason_has_english_words_with_its_slots(key: str) -> None:
    assert set(SLOT.findall(ENGLISH[f"whys.{key}"])) == set(SLOT.findall(TEXTS[key]))


def test_english_has_words_for_no_other_reason() -> None:
    keys = {key.removeprefix("whys.") for key in ENGLISH if key.startswith("whys.")}
    assert keys == set(TEXTS)


def test_reasons_within_reasons() -> None:
    year = reason("date.year", ground=reason("ground.published", day="2031-05-04"))
    first, second = understand(then(reason("published.dateline"), year))
    assert first.key == "published.dateline"
    ground = second.slots["ground"]
    assert not isinstance(ground, str)
    assert (ground.key, ground.slots["day"]) == ("ground.published", "2031-05-04")
    assert understand("编者问过主办方") == ()
    assert understand(then(year, "编者问过主办方")) == ()


def test_rules_give_reasons_of_the_catalogue_alone() -> None:
    """A `why` that is written out where it is given would be understood by nobody."""
    seen = 0
    for room in ("rules", "reading", "ingest"):
        for file in (ROOT / "src" / "ccmeet" / room).rglob("*.py"):
            tree = ast.parse(file.read_text("utf-8"))
            for node in ast.walk(tree):
                for given in _whys(node):
                    seen += 1
                    written = [n for n in ast.walk(given) if _is_sentence(n)]
                    assert not written, f"{file.name}:{given.lineno}"
    assert seen > 30


def _whys(node: ast.AST) -> list[ast.expr]:
    """What is given as a reason: `why = …`, why=…, and what follows "inferred" in a call."""
    if isinstance(node, ast.Assign) and any(_is_why(target) for target in node.targets):
        return [node.value]
    if isinstance(node, ast.Call):
        told = [word.value for word in node.keywords if word.arg == "why"]
        places = [n for n, arg in enumerate(node.args) if _is_constant(arg, "inferred")]
        return told + [arg for n in places for arg in node.args[n + 1 : n + 2]]
    return []


def _is_why(target: ast.expr) -> bool:
    names = target.elts if isinstance(target, ast.Tuple) else [target]
    return any(isinstance(name, ast.Name) and name.id == "why" for name in names)


def _is_constant(node: ast.AST, value: str) -> bool:
    return isinstance(node, ast.Constant) and node.value == value


def _is_sentence(node: ast.AST) -> bool:
    """Chinese, or words with blanks between them: no key."""
    words = node.value if isinstance(node, ast.Constant) else ""
    return isinstance(words, str) and bool(re.search(r"[\u3400-\u9fff]{3}|\w \w", words))


def whys(value: object) -> set[str]:
    if isinstance(value, dict):
        own = {str(value["why"])} if value.get("why") else set()
        return own.union(*map(whys, value.values()))
    return set().union(*map(whys, value)) if isinstance(value, list) else set()


def test_every_reason_read_from_the_seed_is_understood() -> None:
    told: set[str] = set()
    for file in (ROOT / "content" / "extracted").rglob("*.json"):
        told |= whys(json.loads(file.read_text("utf-8")))
    assert len(told) > 10
    assert [why for why in told if not understand(why)] == []


def in_english(archive: Archive) -> str:
    site = make_site(replace(archive, site=replace(archive.site, interface="en")))
    told = (".html", "/sentences.js")
    return "".join(page.decode() for path, page in site.items() if path.endswith(told))


def test_reasons_are_told_in_the_interface_s_language() -> None:
    archive, _ = load_archive(ROOT)
    pages = in_english(archive)
    assert '","The year is not printed; taken from the dateline, 2024-07-29"]' in pages
    assert 'The meeting was held in <span lang="zh-CN">长沙</span>' in pages
    scripts = re.findall(r"ccmeetSentences\(.*", pages)
    ways = re.findall(r'\["[^"]*","([^"]+)"\]', "".join(scripts))
    assert ways
    assert not [why for why in ways if not re.search("[a-z]", why)]


def test_a_reason_of_a_person_s_own_stays_as_written() -> None:
    read = ARCHIVE.extracted["meetings"]["jiangwan-2"]
    (theme,) = read.evidence["theme"]
    own = replace(theme, basis="inferred", why="编者问过主办方")
    extracted = {
        **ARCHIVE.extracted,
        "meetings": {"jiangwan-2": replace(read, evidence={**read.evidence, "theme": (own,)})},
    }
    pages = in_english(replace(ARCHIVE, extracted=extracted))
    assert '<span class="note__why"><span lang="zh-CN">编者问过主办方</span></span>' in pages


def test_chinese_words_in_english_say_that_they_are() -> None:
    mixed = load_theme(None, "en").environment.filters["mixed"]
    assert mixed("held in 长沙, <b>") == 'held in <span lang="zh-CN">长沙</span>, &lt;b&gt;'
    assert mixed("by “甲”") == 'by <span lang="zh-CN">“甲”</span>' or "甲</span>" in mixed(
        "by “甲”"
    )
    assert load_theme(None, "zh-CN").environment.filters["mixed"]("甲 b") == "甲 b"
