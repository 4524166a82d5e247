"""Golden articles: what is read from a whole source, one folder each, for every outlet."""

import json
from pathlib import Path
from typing import Any

import pytest

from ccmeet.ingest import read_source
from ccmeet.model.article import Article
from ccmeet.model.fact import Fact
from ccmeet.outlets import load_outlets

GOLDEN = Path(__file__).parent / "golden"
# Readers that are no template of an outlet's: pages by density, and pasted texts.
OTHERS = {"any", "pasted"}


def cases() -> list[Path]:
    return sorted(GOLDEN.glob("*/*/source.*"))


def told(article: Article, fact: Fact[Any] | None) -> Any:
    """A fact as a golden file shows it: value, the words it was read from, rule and why."""
    if fact is None:
        return None
    shown = {"value": str(fact.value), "read": [s.of(article.text) for s in fact.spans]}
    return shown | {"rule": fact.rule} | ({"why": fact.why} if fact.why else {})


def extraction(article: Article) -> dict[str, Any]:
    page = article.page
    single = ("headline", "url", "publisher", "section", "date_published", "notice")
    many = ("author", "editor")
    facts: dict[str, Any] = {name: told(article, getattr(page, name)) for name in single}
    facts |= {name: [told(article, fact) for fact in getattr(page, name)] for name in many}
    facts["images"] = [
        {"name": told(article, image.name), "caption": told(article, image.caption)}
        for image in page.images
    ]
    return {
        "outlet": article.outlet,
        "facts": {name: value for name, value in facts.items() if value},
        "blocks": [f"{b.kind}: {b.span.of(article.text)}" for b in article.blocks],
    }


@pytest.mark.parametrize("source", cases(), ids=lambda p: f"{p.parts[-3]}/{p.parts[-2]}")
def test_golden(source: Path, update_golden: bool) -> None:
    file = f"content/articles/{source.parent.name}{source.suffix}"
    found = extraction(read_source(source.read_bytes(), file))
    expected = source.with_name("expected.json")
    before = json.loads(expected.read_text("utf-8")) if expected.exists() else None
    if update_golden and found != before:
        shown = json.dumps(found, ensure_ascii=False, indent=1)
        expected.write_text(shown + "\n", encoding="utf-8", newline="\n")
        pytest.fail(f"{expected} was written anew: look at the difference")
    assert found == before
    assert found["outlet"] == ("" if source.parts[-3] in OTHERS else source.parts[-3])


def test_every_outlet_has_a_golden_article() -> None:
    outlets = {outlet.id for outlet in load_outlets()} | OTHERS
    assert {source.parts[-3] for source in cases()} == outlets
