"""In an English interface every Chinese word says that it is: screen readers go by `lang`."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from archives import ARCHIVE
from ccmeet.reading.store import load_archive
from ccmeet.showing.site import make_site

HAN = re.compile("[\u3400-\u9fff]")
READ_OUT = ("aria-label", "title", "alt", "placeholder")
VOID = frozenset({"meta", "link", "br", "input", "img", "hr"})


class Listener(HTMLParser):
    """Notes Chinese that would be read out as if it were English."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.langs = [("", "en")]
        self.wrong: list[str] = []
        self.heard = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        lang = given.get("lang", self.langs[-1][1])
        for name in READ_OUT:
            self.hear(given.get(name, ""), lang)
        if tag not in VOID:
            self.langs.append((tag, lang))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An SVG shape: it says nothing."""

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            while self.langs.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self.langs]
        if "body" in tags and "script" not in tags:
            self.hear(data, self.langs[-1][1])

    def hear(self, words: str, lang: str) -> None:
        if HAN.search(words):
            self.heard += 1
            if not lang.startswith("zh"):
                self.wrong.append(f"{self.path}: {words.strip()[:60]}")


@pytest.mark.parametrize("name", ["invented", "own"])
def test_chinese_words_are_marked_as_such_in_english(name: str) -> None:
    archive = ARCHIVE if name == "invented" else load_archive(Path(__file__).parent.parent)[0]
    site = replace(archive.site, interface="en")
    wrong, heard = [], 0
    for path, content in make_site(replace(archive, site=site)).items():
        if path.endswith(".html"):
            listener = Listener(path)
            listener.feed(content.decode())
            wrong += listener.wrong
            heard += listener.heard
    assert wrong == []
    assert heard > 100
