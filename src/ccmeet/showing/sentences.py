"""What stands behind the marks of an article, as a script that a page loads once one is pressed.

A classic script works from a disk too, where no page may read another. It calls
`ccmeetSentences({source, marks})`: the article in a line, and by anchor
`[before, exact, after, live, ways]`: the sentence, its place on the publisher's page, and
`[rule, why]` for each way in which a value was read from it (`Spot.ways`).
"""

import json

from ccmeet.model.records import ArticleRecord
from ccmeet.showing.addresses import page_of, web_address
from ccmeet.showing.links import text_fragment
from ccmeet.showing.marks import Marking, Spot
from ccmeet.showing.typeset import full_width
from ccmeet.showing.view import View, sentence_around


def sentences_of(id: str) -> str:
    """The path of an article's script, beside its page."""
    return page_of("articles", id).replace("index.html", "sentences.js")


def sentences_script(view: View, article: ArticleRecord) -> bytes:
    """The script of one article; UTF-8."""
    marking = view.relations.markings.get(article.id, Marking())
    read = view.archive.extracted.get("articles", {}).get(article.id)
    text = read.text if read else ""
    marks = {spot.anchor: _mark(view, article, text, spot) for spot in marking.spots}
    data = {"source": view.cited(article), "marks": marks}
    told = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"ccmeetSentences({told});\n".encode("utf-8", "replace")


def _mark(view: View, article: ArticleRecord, text: str, spot: Spot) -> list[object]:
    evidence, url = spot.uses[0].evidence, web_address(article.url)
    before, after = sentence_around(text, evidence)
    live = text_fragment(url, evidence.exact, evidence.prefix) if url else ""
    ways = [[view.rule(rule), view.why(why)] for rule, why in spot.ways]
    return [full_width(before), full_width(evidence.exact), full_width(after), live, ways]
