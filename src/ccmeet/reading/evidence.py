"""The evidence of a fact: its places as W3C selectors, with context where the words repeat."""

from collections.abc import Iterable
from typing import Any

from ccmeet.model.fact import Basis, Evidence, Fact
from ccmeet.text import Span

CONTEXT = 16
"""Code points of prefix and suffix: enough to tell two places apart, short enough to read."""


def evidence_at(
    span: Span, text: str, article: str, rule: str, basis: Basis = "stated", why: str = ""
) -> Evidence:
    """The evidence for one place of an article's text.

    `prefix` and `suffix` are given only where the same words stand elsewhere in it too.
    """
    exact = span.of(text)
    prefix = suffix = ""
    if exact and (text.find(exact) != span.start or text.find(exact, span.start + 1) >= 0):
        prefix = text[max(0, span.start - CONTEXT) : span.start]
        suffix = text[span.end : span.end + CONTEXT]
    return Evidence(article, span.start, span.end, exact, rule, basis, why, prefix, suffix)


def evidence_of(fact: Fact[Any], text: str, article: str) -> tuple[Evidence, ...]:
    """The evidence of a fact, a place each, in the order the rule gave them."""
    return tuple(
        evidence_at(span, text, article, fact.rule, fact.basis, fact.why) for span in fact.spans
    )


def concluded(places: Iterable[Evidence], rule: str, why: str) -> tuple[Evidence, ...]:
    """The same places as the ground of a value that isn't printed there, but follows from it."""
    return tuple(
        Evidence(e.article, e.start, e.end, e.exact, rule, "inferred", why, e.prefix, e.suffix)
        for e in places
    )
