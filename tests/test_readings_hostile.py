"""Whatever a source holds, all rules read it or it is a SourceError; evidence is always in print.

Fragments of Chinese news in any order, any Unicode between them, saved pages with bytes cut,
doubled and changed: through ingest, all rules, the printed object and both explanations.
"""

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ccmeet.errors import SourceError
from ccmeet.ingest import read_source
from ccmeet.model.reading import Reading
from ccmeet.reading.contract import as_json
from ccmeet.reading.explain import all_rows, groups, pieces
from ccmeet.reading.explain_html import explain_html
from ccmeet.reading.explain_text import explain_text
from ccmeet.rules import read_article

TESTS = Path(__file__).parent
SENTENCE = "临江、岚州两市会商会二十八日在临江召开，会议审议通过合作清单。"
PAGES = [page.read_bytes() for page in sorted(TESTS.glob("golden/*/*/source.html"))]

WORDS = """
    红网时刻新闻7月29日讯(记者余小琴) 新华社武汉2月21日电 本报讯（ 【连网】 （记者 （完） 来源：
    编辑： 终审 摄 IMG_1.jpg 长江中游城市群省会城市 第十届 首届 第14次 2021· 2021年度 会商会
    联席会议 第五次会议 论坛 峰会 在长沙召开 闭幕 将于 开幕 推迟 以视频形式 “ ” 为主题 主题是
    2024年 7月28日 至29日 、 今天 昨日 今日(4月10日) 02.03.2016 二00四年 2023-2025年 去年 下届
    明年 13月45日 2月30日 0年 99日 武汉 长沙市 合肥、 南昌 岳阳等观察员城市 12个观察员城市 4市及
    湘 鄂 长株潭 四省会城市 我市 省委常委、 长沙市委书记 市长 副市长 党组成员、 主任 王小明
    欧阳小雪 买买提·艾力 张 方面 一行 （主持工作） ； ， 。 ： : , 表示 说 指出 强调 他说 她
    会议指出 与会嘉宾表示 致辞 出席 主持 介绍 签署了 审议通过 见证 起草 《 》 《合作框架协议》
    《行动方案》 8个文件 协议 在交通、医疗、 等方面 六大行动： 重点围绕 以及 一是 二是 三是
    六个方面 深化合作 自第九届会商会以来 取得进展 ...... —— • 100% 5G （ ） ( ) 「 」 會議
    長(zhǎng) ，， 𠮷 e\u0301
"""
BLANKS = [
    "\n",
    "\n\n",
    " ",
    "刘  爽",
    "实习生 梁小逸",
    "\u200b",
    "\ufeff",
    "\u2028",
    "\x00",
    "\x1b[2J",
]
FRAGMENTS = st.sampled_from([*WORDS.split(), *BLANKS])
NEWS = st.lists(FRAGMENTS, max_size=60).map("".join)
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)
TEXTS = st.one_of(
    NEWS,
    st.lists(st.one_of(NEWS, ANY), max_size=5).map("\n".join),
    st.lists(st.one_of(FRAGMENTS, ANY.map(lambda s: s[:3])), max_size=50).map("".join),
)


@st.composite
def broken_pages(draw: st.DrawFn) -> bytes:
    """A saved page of which parts are cut out, doubled, moved or changed."""
    page = draw(st.sampled_from(PAGES))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(page)))
        part = page[start : start + draw(st.integers(0, 200))]
        rest = page[:start] + page[start + len(part) :]
        at = draw(st.integers(0, len(rest)))
        new = draw(st.sampled_from([b"", part, part + part, part[::-1], b"<", b">", b"</div>"]))
        page = rest[:at] + new + rest[at:]
    return page


def read(data: bytes, file: str) -> Reading | None:
    """The reading of a source, or None where it is refused as declared."""
    try:
        return read_article(read_source(data, file))
    except SourceError as refusal:
        assert refusal.problems[0].message and refusal.problems[0].hint
        return None


def check(reading: Reading) -> None:
    text = reading.source.text
    told = as_json(reading)
    for place in told["evidence"]:
        assert 0 <= place["start"] < place["end"] <= len(text)
        assert text[place["start"] : place["end"]] == place["exact"]
        assert place["basis"] == "stated" or place["why"]
    assert json.loads(json.dumps(told, ensure_ascii=False)) == told
    shown = "".join(piece.words for piece in pieces(reading.source, all_rows(groups(reading))))
    assert shown == text
    assert "\x1b" not in explain_text(reading, colour=False)
    assert explain_html(reading).count("<script") == 0


@settings(max_examples=150, deadline=None)
@given(words=TEXTS)
def test_any_text(words: str) -> None:
    reading = read(f"{words}\n\n{SENTENCE}\n\n{words}".encode(), "content/articles/case.txt")
    if reading:
        check(reading)


@settings(max_examples=60, deadline=None)
@given(page=broken_pages())
def test_any_page(page: bytes) -> None:
    reading = read(page, "content/articles/case.html")
    if reading:
        check(reading)
