"""Pasted texts: which lines are what, credits in all their forms, front matter, dates."""

from pathlib import Path
from typing import Any

import pytest

from ccmeet.codec import load_data
from ccmeet.errors import SourceError
from ccmeet.ingest import read_source
from ccmeet.model.article import Article
from ccmeet.partialdate import PartialDate
from ccmeet.rules import read_article

SEED = Path(__file__).parent.parent / "content" / "articles" / "rednet-14141790.txt"
TITLE = "临江岚州两市会商定下年度清单"
BODY = "\n\n　　临江、岚州两市会商会28日在临江召开，会议审议通过合作清单。\n\n两市市长出席会议。\n"


def read(text: str) -> Article:
    return read_source(text.encode(), "content/articles/case.txt")


def kinds(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, block.span.of(article.text)) for block in article.blocks]


def names(article: Article) -> tuple[list[str], list[str]]:
    page = article.page
    return [a.value for a in page.author], [e.value for e in page.editor]


def value(fact: object) -> str | None:
    return None if fact is None else str(fact.value)  # type: ignore[attr-defined]


CORPUS = load_data((Path(__file__).parent / "corpus" / "pasted.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CORPUS, ids=lambda case: case["name"])
def test_the_corpus(case: dict[str, Any]) -> None:
    usual = CORPUS[0]
    article = read(case["text"].replace("§", "\n\n".join(usual["body"])))
    page = read_article(article).article  # what stands in the body is for the rules to read
    found = {
        "headline": value(page.headline) or "",
        "publisher": value(page.publisher) or "",
        "author": [a.value for a in page.author],
        "editor": [e.value for e in page.editor],
        "date_published": value(page.date_published) or "",
        "captions": [value(image.caption) for image in page.images if image.caption],
        "body": [block.span.of(article.text) for block in article.body()],
    }
    wanted = {**usual, **case}
    assert found == {name: wanted.get(name, found[name]) for name in found}


def test_the_seed_article() -> None:
    article = read_source(SEED.read_bytes(), f"content/articles/{SEED.name}")
    page = article.page
    assert article.id == "rednet-14141790"
    assert article.text == SEED.read_text("utf-8")
    assert value(page.headline) == "十度聚首 长江中游城市群携手向“新”而行"
    assert value(page.publisher) == "红网"
    assert value(page.section) == "长沙站"
    assert names(article) == (["余雅琴", "梁典逸"], ["韩阳"])
    assert value(page.url) == "https://cs.rednet.cn/nograb/646841/63/14141790.html"
    assert value(page.notice) == "本文为长沙站原创文章,转载请附上原文出处链接和本声明。"
    assert page.date_published is None  # no year is printed: rules conclude it
    (image,) = page.images
    assert value(image.name) == "IMG_5763.jpeg"
    assert value(image.caption) == "长江中游城市群省会城市第十届会商会在长沙召开。"
    found = kinds(article)
    assert [k for k, _ in found[:4]] == ["headline", "credit", "caption", "dateline"]
    assert [w for k, w in found if k == "heading"] == [
        "六大领域重点合作 共建幸福城市群",
        "携手同行 以各美其美绘就美美与共",
    ]
    assert found[-1][1].startswith("本文链接:")
    assert not any("频道精选" in w or "当前位置" in w for _, w in found)


CREDITS = {
    # line or lines of credit: publisher, authors, editors, date
    "来源:临江日报\n作者:林一舟 苏禾儿\n编辑:韩小满": ("临江日报", "林一舟 苏禾儿", "韩小满", None),
    "来源：临江日报 作者：林一舟 责编：韩小满": ("临江日报", "林一舟", "韩小满", None),
    "作者：林一舟来源：临江日报责任编辑：韩小满2024-07-29": (
        "临江日报", "林一舟", "韩小满", "2024-07-29",
    ),
    "来　源：临江日报　　作　者：林一舟": ("临江日报", "林一舟", "", None),
    "2024-07-30 来源 临江日报": ("临江日报", "", "", "2024-07-30"),
    "2024-07-29 10:23:11  临江日报": ("临江日报", "", "", "2024-07-29"),
    "临江日报 2024/7/29": ("临江日报", "", "", "2024-07-29"),
    "02.03.2016  17:13": (None, "", "", "2016-03-02"),
    "发表于 2024-07-24 16:43:10 论坛网页版": (None, "", "", "2024-07-24"),
    "发布时间：2024年7月9日 08:00 星期二": (None, "", "", "2024-07-09"),
    "放大字体  缩小字体 发布日期:2017-04-11  来源:临江在线": ("临江在线", "", "", "2017-04-11"),
    "来源:原创文章 作者:本站编辑 发布时间:2019-12-05 00:00:00 浏览人次:3467": (
        "原创文章", "本站编辑", "", "2019-12-05",
    ),
    "来源: 临江在线记者 林一舟": ("临江在线", "林一舟", "", None),
    "临江在线记者 林一舟": ("临江在线", "林一舟", "", None),
    "本报记者 林一舟 通讯员 苏禾儿": (None, "林一舟 苏禾儿", "", None),
    "□本报记者 林一舟 苏　禾": (None, "林一舟 苏禾", "", None),
    "（记者林一舟苏禾儿）": (None, "林一舟 苏禾儿", "", None),
    "文/图 临江日报记者 林一舟": ("临江日报", "林一舟", "", None),
    "文/林一舟 图/金铃": (None, "林一舟", "", None),
    "作者：临江日报记者 林一舟 摄影 金铃": ("临江日报", "林一舟", "", None),
    "责编：韩小满 一审：韩小满 二审：金铃 三审：万山": (None, "", "韩小满 金铃 万山", None),
    "一审丨苗苗 二审丨金铃": (None, "", "苗苗 金铃", None),
    "责编/一审：韩小满 终审/金铃": (None, "", "韩小满 金铃", None),
    "【编辑:韩小满实习生方圆】": (None, "", "韩小满 方圆", None),
    "校对：石榴 摄影：金铃": (None, "", "", None),
    "作者：佚名 来源：互联网": (None, "", "", None),
    "文章来源：《临江日报》 | 作者：林一舟 | 点击：12": ("临江日报", "林一舟", "", None),
    "來源：臨江日報 編輯：韓小滿": ("臨江日報", "", "韓小滿", None),
    "**来源：** 临江日报": ("临江日报", "", "", None),
    "发布时间：07-29 10:23": (None, "", "", None),
    "更新时间：2024-08-01 发布时间：2024-07-29": (None, "", "", "2024-07-29"),
    "发布时间：2024-02-31": (None, "", "", None),
}  # fmt: skip


@pytest.mark.parametrize("lines", CREDITS)
@pytest.mark.parametrize("below", [False, True], ids=["above", "below"])
def test_credits(lines: str, below: bool) -> None:
    article = read(TITLE + BODY + lines if below else f"{TITLE}\n{lines}{BODY}")
    publisher, authors, editors, date = CREDITS[lines]
    page = article.page
    assert value(page.headline) == TITLE
    assert value(page.publisher) == publisher
    assert names(article) == (authors.split(), editors.split())
    assert value(page.date_published) == date
    assert [w for k, w in kinds(article) if k in ("paragraph", "dateline")] == [
        line.strip("\n　") for line in BODY.split("\n\n") if line.strip()
    ]


@pytest.mark.parametrize(
    ("opening", "headline"),
    [
        ("", None),
        (f"{TITLE}\n\n{TITLE}", TITLE),
        (f"全球报道：{TITLE}", TITLE),
        (f"世界热资讯！{TITLE}", TITLE),
        (f"港媒看临江|{TITLE}", f"港媒看临江|{TITLE}"),
        (f"新闻中心\n临江要闻\n\n{TITLE}", TITLE),
        (f"首页 > 新闻中心 > 正文\n{TITLE}", TITLE),
        (f"您的位置: 首页 >新闻>详细内容\n{TITLE}", TITLE),
        (f"{TITLE}\n——两市会商会侧记", TITLE),
        (f"{TITLE}  记者林一舟苏禾儿", TITLE),
        (f"{TITLE} 来源：临江日报 2024-07-29", TITLE),
        (f"标题：{TITLE}", TITLE),
        (f"# {TITLE}", TITLE),
        (f"{TITLE}！", f"{TITLE}！"),
        ("临江岚州两市会商\n定下年度合作清单十二条", "临江岚州两市会商 定下年度合作清单十二条"),
        (
            "临江岚州两市会商定下\n年度合作清单十二条\n\n临江岚州两市会商定下年度合作清单十二条",
            "临江岚州两市会商定下年度合作清单十二条",
        ),
    ],
)
def test_headline(opening: str, headline: str | None) -> None:
    article = read(opening + BODY)
    assert value(article.page.headline) == headline
    if article.page.headline and len(article.page.headline.spans) == 1:
        assert article.page.headline.spans[0].of(article.text) == headline


@pytest.mark.parametrize(
    "opening",
    [
        "临江时刻新闻7月29日讯(记者 林一舟 实习生 方圆)两市会商会28日召开，议定清单。",
        "新华社临江2月21日电(记者林一舟)两市会商会21日召开，议定清单。",
        "中新网临江7月24日电 (林一舟)两市会商会将于月底召开，议定清单。",
        "本报讯（林一舟）两市会商会28日召开，议定清单。",
        "今日岚州讯(林一舟 苏禾儿)两市会商会28日召开，议定清单。",
        "临江晚报岚州讯(特派记者 林一舟)两市会商会28日召开，议定清单。",
        "临江12月26日电 两市会商会26日召开，议定清单。",
        "【临江网】两市会商会28日在临江召开，会议审议通过合作清单，市长出席。",
        "（记者 林一舟）两市会商会28日在临江召开，会议审议通过合作清单。",
        "本报記者 林一舟 報道：兩市會商會28日召開，議定清單。",
    ],
)
def test_paragraph_that_opens_with_a_dateline(opening: str) -> None:
    assert ("dateline", opening) in kinds(read(f"{TITLE}\n\n{opening}\n\n两市市长出席会议。"))


@pytest.mark.parametrize(
    "opening",
    [
        "据悉，7月29日两市会商会召开。",
        "电力供应讯息公布后，两市会商会召开。",
        "7月29日电网检修结束，各市恢复供电。",
    ],
)
def test_paragraph_without_a_dateline(opening: str) -> None:
    assert ("paragraph", opening) in kinds(read(TITLE + "\n\n" + opening))


@pytest.mark.parametrize(
    "line",
    [
        "放大字体 缩小字体", "分享到：", "【字体：大 中 小】", "打印本页  关闭窗口",
        "浏览次数：88", "澳门平台官网注册送彩金", "首页 新闻 财经 体育",
        "关注我们微信公众号", "* * *", "第 1 / 3 页",
        "The two cities held their annual meeting in Linjiang on Sunday and agreed on a list.",
    ],
)  # fmt: skip
def test_chrome_lies_in_no_block(line: str) -> None:
    article = read(f"{TITLE}{BODY}\n{line}\n\n会后，代表们看了码头。")
    assert not any(line[:4] in words for _, words in kinds(article))
    assert kinds(article)[-1] == ("paragraph", "会后，代表们看了码头。")


@pytest.mark.parametrize(
    "stop",
    ["相关链接", "免责声明:本文若有侵权,请联系我", "频道精选", "阅读下一篇", "返回首页"],
)
def test_nothing_after_the_article_is_taken_for_it(stop: str) -> None:
    article = read(f"{TITLE}{BODY}\n{stop}\n\n岚州港吞吐量创新高，同比增长。\n\n责任编辑：韩小满")
    assert not any("岚州港" in words for _, words in kinds(article))
    assert names(article)[1] == ["韩小满"]


def test_menu_after_the_article_is_none_of_it() -> None:
    menu = "\n".join("  • " + word for word in ("重要新闻", "科技", "时政", "经济", "民生"))
    assert [k for k, _ in kinds(read(TITLE + BODY + "\n" + menu))] == [
        "headline", "paragraph", "paragraph",
    ]  # fmt: skip


def test_list_that_a_paragraph_announces_is_kept() -> None:
    article = read(f"{TITLE}{BODY}\n会议签署：\n《两市警务协议》\n《两市医保协议》")
    assert [w for _, w in kinds(article)][-2:] == ["《两市警务协议》", "《两市医保协议》"]


def test_captions_and_photo_credits_are_no_bylines() -> None:
    article = read(
        f"{TITLE}\n\n会场外景。临江日报记者 金铃 摄\n{BODY}\n"
        "IMG_20.jpg\n\n代表们在码头交谈。\n\n会后各自返程。"
    )
    captions = [value(image.caption) for image in article.page.images]
    assert captions == ["会场外景。临江日报记者 金铃 摄", "代表们在码头交谈。"]
    assert value(article.page.images[1].name) == "IMG_20.jpg"
    assert names(article) == ([], [])


def test_question_to_a_reader_is_no_credit() -> None:
    article = read(f"{TITLE}\n记者：您怎么看这次会议？\n\n答：办得很实在，清单都写到了人。")
    assert names(article) == ([], [])
    assert any("您怎么看" in words for _, words in kinds(article))


def test_abstract_is_no_running_text_unless_there_is_no_other() -> None:
    abstract = "摘要 临江、岚州两市1日签署合作清单。"
    assert abstract not in [w for _, w in kinds(read(f"{TITLE}\n{abstract}{BODY}"))]
    assert ("paragraph", abstract) in kinds(read(f"{TITLE}\n{abstract}"))


def test_front_matter() -> None:
    note = (
        '---\nurl: "https://x.example/202302/50-14.html"\npublisher: 临江日报 # 纸质版\n'
        "author: [林一舟, 苏禾儿]\neditor:\n  - 韩小满\ndate_saved: 2024-08-01\nmood: 晴\n---\n"
    )
    article = read(note + TITLE + BODY)
    page = article.page
    assert value(page.url) == "https://x.example/202302/50-14.html"
    assert value(page.publisher) == "临江日报"
    assert names(article) == (["林一舟", "苏禾儿"], ["韩小满"])
    assert page.url.spans[0].of(article.text) == page.url.value
    assert page.date_published.value == PartialDate(2023, 2)
    assert page.date_published.basis == "inferred"
    assert page.date_published.spans[0].of(article.text) == "202302"
    assert all(block.start >= len(note) for block in article.blocks)


def test_front_matter_gives_way_to_what_the_page_prints() -> None:
    note = "---\ntitle: 读者的题目\npublisher: 某镜像\ndate: 2024-08-02\n---\n"
    page = read(f"{note}{TITLE}\n来源：临江日报 2024-07-29{BODY}").page
    assert (value(page.headline), value(page.publisher)) == (TITLE, "临江日报")
    assert value(page.date_published) == "2024-07-29"
    page = read(note + BODY).page
    assert (value(page.headline), value(page.date_published)) == ("读者的题目", "2024-08-02")


def test_empty_front_matter() -> None:
    assert value(read(f"---\n---\n{TITLE}{BODY}").page.headline) == TITLE


def test_rule_across_the_page_is_no_front_matter() -> None:
    assert value(read(f"---\n{TITLE}\n---{BODY}").page.headline) == TITLE


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://x.example/c/2018/07/06/4671.htm", "2018-07-06"),
        ("https://x.example/content/2019/10/24/60.html", "2019-10-24"),
        ("https://x.example/rednetcms/news/20200612/44.html", "2020-06-12"),
        ("https://x.example/content_p/2021-04/10/content_1.html", "2021-04-10"),
        ("https://x.example/h/101680/20171110/494947.html", "2017-11-10"),
        ("https://x.example/news/t20190305_123.html", "2019-03-05"),
        ("https://m.x.example/china/202302/50-1468816.html", "2023-02"),
        ("https://x.example/2024/list/5.html", None),
        ("https://x.example/nograb/646841/63/14141790.html", None),
        ("https://x.example/p/20241399.html", None),
        ("https://x.example/a.html?t=20240101", None),
        ("https://[x.example/2024/01/02/a.html", None),
    ],
)
def test_date_in_an_address(url: str, date: str | None) -> None:
    assert value(read(f"---\nurl: {url}\n---\n{TITLE}{BODY}").page.date_published) == date


def test_line_ends_and_marks_of_order_change_no_offset() -> None:
    text = f"{TITLE}\r\n\r\n来源：临江日报\r\n\r\n　　两市会商会28日召开，议定清单。\u200b\r\n"
    article = read_source(b"\xef\xbb\xbf" + text.encode(), "content/articles/case.txt")
    assert article.text == text
    assert kinds(article)[-1] == ("paragraph", "两市会商会28日召开，议定清单。")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        (" \n\t\n", "empty"),
        ("\ufeff", "empty"),
        (TITLE, "no article"),
        ("The mayors met on Monday and agreed. " * 9, "no article"),
        ("您访问的页面不存在或已删除，请稍后再试。", "no article"),
        ("首页\n新闻\n财经\n体育\n登录\n", "no article"),
    ],
)
def test_no_article_is_an_error_with_a_remedy(text: str, message: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        read(text)
    assert caught.value.problems[0].hint
