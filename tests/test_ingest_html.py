"""HTML pages: templates, text density, values that stand in the head alone, mirrors, chrome."""

from pathlib import Path

import pytest

from ccmeet.errors import ContentError, SourceError
from ccmeet.ingest import read_source
from ccmeet.model.article import Article
from ccmeet.outlets import Outlet, load_outlets, read_outlet

TITLE = "临江岚州两市会商定下年度清单"
PARAGRAPHS = (
    "临江、岚州两市会商会28日在临江召开，会议审议通过合作清单。",
    "临江市市长林一舟表示，清单上的每件事都写了期限，也写了由谁来办。",
)
BODY = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)


def read(body: str, head: str = "") -> Article:
    page = (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"
    )
    return read_source(page.encode(), "content/articles/case.html")


def texts(article: Article, *kinds: str) -> list[str]:
    return [b.span.of(article.text) for b in article.blocks if b.kind in kinds]


def value(fact: object) -> str | None:
    return None if fact is None else str(fact.value)  # type: ignore[attr-defined]


def test_text_is_the_blocks_joined_by_blank_lines() -> None:
    article = read(f"<h1>{TITLE}</h1><div>{BODY}</div><footer>版权所有</footer>")
    assert article.text == "\n\n".join(b.span.of(article.text) for b in article.blocks)
    assert article.text == "\n\n".join([TITLE, *PARAGRAPHS])


@pytest.mark.parametrize(
    "body",
    [
        f"<article>{BODY}</article>",
        f"<div><div>{PARAGRAPHS[0]}</div><div><span>{PARAGRAPHS[1]}</span></div></div>",
        f"<div>{PARAGRAPHS[0]}<br><br>{PARAGRAPHS[1]}</div>",
        f"<table><tr><td>　　{PARAGRAPHS[0]}<br>　　{PARAGRAPHS[1]}</td></tr></table>",
        f"<div><p><font>{PARAGRAPHS[0]}</font></p><section><p>{PARAGRAPHS[1]}</p></section></div>",
        f"<div><p>{PARAGRAPHS[0][:9]}\n  {PARAGRAPHS[0][9:]}</p><p>{PARAGRAPHS[1]}</p></div>",
    ],
    ids=["p", "div", "br", "table", "mixed", "wrapped"],
)
def test_body_by_density(body: str) -> None:
    links = "".join(
        f"<li><a href='/{i}'>岚州今年第{i}场春雨，比去年早了些</a></li>" for i in range(9)
    )
    article = read(f"<div><h1>{TITLE}</h1>{body}</div><div class='side'><ul>{links}</ul></div>")
    assert texts(article, "paragraph") == list(PARAGRAPHS)
    assert article.outlet == ""


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", f"<h1>{TITLE}</h1>"),
        (f"<title>{TITLE}_临江新闻_临江网</title>", ""),
        (f"<title>{TITLE} - 临江日报</title>", ""),
        (f"<title>{TITLE}|岚州频道</title>", "<h1>临江网</h1>"),
        (f"<meta property='og:title' content='{TITLE}'><title>临江网</title>", ""),
        (f"<title>{TITLE}--时政--临江网</title>", f"<h1>今日临江头条要闻</h1><h1>{TITLE}</h1>"),
    ],
)
def test_title(head: str, body: str) -> None:
    article = read(f"{body}<div>{BODY}</div>", head)
    assert value(article.page.headline) == TITLE
    assert article.page.headline.spans[0].of(article.text) == TITLE


@pytest.mark.parametrize(
    ("head", "body", "date", "basis"),
    [
        ("", "<div>2024-07-29 10:00</div>", "2024-07-29", "stated"),
        ("<meta property='article:published_time' content='2024-07-29T08:00:00+08:00'>", "",
         "2024-07-29", "stated"),
        ("<meta name='publishdate' content='2024-07-28'>", "<div>2024-07-29</div>",
         "2024-07-29", "stated"),
        ("<meta name='PubDate' content='2024-07-29 18:00'>", "", "2024-07-29", "stated"),
        ("<meta property='article:published_time' content='2024-07-28T20:30:00Z'>", "",
         "2024-07-29", "inferred"),
        ("<script type='application/ld+json'>{'@type':'NewsArticle','datePublished':'2024-07-29'}"
         "</script>".replace("'@", '"@'), "", None, None),
        ('<script type="application/ld+json">'
         '[{"@type": ["NewsArticle"], "datePublished": "2024-07-29"}]'
         "</script>", "", "2024-07-29", "stated"),
        ("<link rel='canonical' href='https://x.example/c/2024/07/29/1.htm'>", "",
         "2024-07-29", "inferred"),
        ("<meta property='og:url' content='https://x.example/202407/1.html'>", "",
         "2024-07", "inferred"),
        ("<meta name='publishdate' content='2024-07-29'>"
         "<link rel='canonical' href='https://x.example/c/2024/07/30/1.htm'>", "",
         "2024-07-29", "stated"),
        ("", "", None, None),
    ],
)  # fmt: skip
def test_date(head: str, body: str, date: str | None, basis: str | None) -> None:
    fact = read(
        f"<h1>{TITLE}</h1>{body}<div>{BODY}<p>去年的清单于2023年7月1日公布，已办结。</p></div>",
        head,
    )
    found = fact.page.date_published
    assert (value(found), found and found.basis) == (date, basis)


def test_values_of_the_head_alone_stand_in_the_text() -> None:
    head = (
        "<meta name='author' content='林一舟'><meta name='source' content='临江日报'>"
        "<link rel='canonical' href='https://x.example/1.html'>"
    )
    article = read(f"<h1>{TITLE}</h1><div>{BODY}</div>", head)
    page = article.page
    assert [a.value for a in page.author] == ["林一舟"]
    assert value(page.publisher) == "临江日报"
    assert texts(article, "credit") == [
        "source: 临江日报", "author: 林一舟", "canonical: https://x.example/1.html",
    ]  # fmt: skip
    for fact in (*page.author, page.publisher, page.url):
        assert fact.spans[0].of(article.text) == fact.value


@pytest.mark.parametrize("name", ["临江网", "临江网编辑部", "admin", "Linjiang Daily"])
def test_author_of_the_head_that_is_no_person(name: str) -> None:
    article = read(f"<h1>{TITLE}</h1><div>{BODY}</div>", f"<meta name='author' content='{name}'>")
    assert article.page.author == ()


def test_saved_from_comment_gives_the_address() -> None:
    page = "<!-- saved from url=(0027)https://x.example/c/2024/07/29/1.htm -->"
    article = read(f"{page}<h1>{TITLE}</h1><div>{BODY}</div>")
    assert value(article.page.url) == "https://x.example/c/2024/07/29/1.htm"


@pytest.mark.parametrize(
    "chrome",
    [
        "<div class='f_left share'>分享到微信，分享到微博，分享到空间。</div>",
        "<div class='related-list'><p>岚州港吞吐量创新高，同比增长。</p></div>",
        "<div style='display: none'>注册就送，棋牌游戏大全，天天有奖。</div>",
        "<script>var a = '岚州港吞吐量创新高，同比增长。'</script>",
        "<p><a href='/1'>岚州港吞吐量创新高 同比增长一成</a></p>",
        "<p>The two cities agreed on Sunday on a list of ten matters for the year ahead.</p>",
        "<form><p>请输入您的评论，文明上网。</p></form>",
        "<nav><p>首页，新闻，财经，体育，娱乐。</p></nav>",
    ],
)
def test_chrome_inside_the_body_is_dropped(chrome: str) -> None:
    article = read(
        f"<h1>{TITLE}</h1><div><p>{PARAGRAPHS[0]}</p>{chrome}<p>{PARAGRAPHS[1]}</p></div>"
    )
    assert article.text == "\n\n".join([TITLE, *PARAGRAPHS])


def test_headings_captions_and_pictures() -> None:
    article = read(
        f"<h1>{TITLE}</h1><div>"
        "<figure><img src='/a/IMG_1.jpg?w=9'><figcaption>会场外景</figcaption></figure>"
        f"<p>{PARAGRAPHS[0]}</p><h3>先通电话再通车</h3><p>{PARAGRAPHS[1]}</p></div>"
    )
    assert texts(article, "heading") == ["先通电话再通车"]
    (image,) = article.page.images
    assert (value(image.name), value(image.caption)) == ("IMG_1.jpg", "会场外景")


def test_mirror_with_pinyin_and_doubled_commas() -> None:
    article = read(
        "<h1>兩市會(huì)商定下年度清(qīng)單</h1><div><p>臨江市市長(zhǎng)林一舟說(shuō)，，清單上的(de)每件事都寫了期限。</p></div>"
    )
    assert article.text == "兩市會商定下年度清單\n\n臨江市市長林一舟說，清單上的每件事都寫了期限。"


def test_letters_in_brackets_are_no_pinyin() -> None:
    article = read(
        "<h1>两市共建通勤圈(app)上线</h1><div><p>两市共建的平台(app)上线，市民可用。</p></div>"
    )
    assert "平台(app)" in article.text


@pytest.mark.parametrize("label", ["gb2312", "utf-8", "big5", ""])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_labels_that_lie(label: str, encoding: str) -> None:
    page = f"<html><meta charset='{label}'><body><h1>{TITLE}</h1><div>{BODY}</div></body></html>"
    article = read_source(page.encode(encoding), "content/articles/case.html")
    assert value(article.page.headline) == TITLE


def test_page_saved_with_the_suffix_of_a_text() -> None:
    page = f"<html><body><h1>{TITLE}</h1><div>{BODY}</div></body></html>"
    article = read_source(page.encode(), "content/articles/case.txt")
    assert texts(article, "paragraph") == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<h1>404 Not Found</h1><p>您访问的页面不存在或已被删除，请返回首页。</p>",
        "<h1>404 您要的页面不存在</h1><p>抱歉，访问的页面不存在或已被删除！</p><p>"
        + "可能是网址写错了，也可能是稿件过了期，请核对网址以后再打开一次，仍有疑问请与我们联系。"
        * 3
        + "</p>",
        "<h1>临江要闻列表页面</h1><ul>"
        + "<li><a>临江市召开会议，研究防汛工作</a></li>" * 20
        + "</ul>",
        "<div id='app'></div><noscript>请启用JavaScript后再访问本页面，谢谢您的支持。</noscript>",
    ],
)
def test_page_without_an_article(body: str) -> None:
    with pytest.raises(SourceError, match="no article"):
        read(body)


def test_list_of_articles_with_their_first_words_is_none() -> None:
    teasers = "".join(
        f"<h3><a href='/{i}'>岚州今年第{i}场春雨</a></h3><p>雨下了{i}天，水位涨了，船没有停。</p>"
        for i in range(6)
    )
    with pytest.raises(SourceError, match="list of articles"):
        read(f"<h1>临江新闻</h1><div>{teasers}</div>")


@pytest.mark.parametrize(
    "page",
    [
        "<h1>访问验证</h1><p>系统检测到您的访问存在异常，请完成下方验证后继续。</p>",
        "<h1>会员中心</h1><form><p>请输入用户名和密码，登录后可阅读全文。</p></form>",
    ],
)
def test_page_that_asks_for_something_first_is_no_article(page: str) -> None:
    with pytest.raises(SourceError, match="no article"):
        read(page)


def test_comments_longer_than_the_article_are_none_of_it() -> None:
    comments = "".join(f"<li><p>{i}楼说，{PARAGRAPHS[1]}</p></li>" for i in range(9))
    article = read(f"<h1>{TITLE}</h1><div>{BODY}</div><ol class='comment-list'>{comments}</ol>")
    assert texts(article, "paragraph") == list(PARAGRAPHS)


def test_the_day_that_a_site_prints_above_is_no_publishing_date() -> None:
    today = "<div class='top'>今天是2026年11月24日 星期二</div><div>2026年11月24日</div>"
    article = read(f"{today}<h1>{TITLE}</h1><div>{BODY}</div>")
    assert article.page.date_published is None


def test_paragraph_below_a_picture_is_no_caption_unless_it_is_set_otherwise() -> None:
    picture = "<p><img src='/a.jpg'></p>"
    article = read(f"<h1>{TITLE}</h1><div>{picture}{BODY}</div>")
    assert texts(article, "caption") == [] and texts(article, "paragraph") == list(PARAGRAPHS)
    caption = "<p style='text-align:center'>会场外景，江上有雾。</p>"
    article = read(f"<h1>{TITLE}</h1><div>{picture}{caption}{BODY}</div>")
    assert texts(article, "caption") == ["会场外景，江上有雾。"]
    assert texts(article, "paragraph") == list(PARAGRAPHS)


def test_outlets_are_tried_on_their_own_pages_alone() -> None:
    body = f"<h1>{TITLE}</h1><div id='articlecontent'>{BODY}</div>"
    of_another = "<link rel='canonical' href='https://news.example/1.html'>"
    assert read(body).outlet == "rednet-5-old"
    assert read(body, of_another).outlet == ""


def test_outlets_load_with_all_they_need() -> None:
    outlets = load_outlets()
    assert len({outlet.id for outlet in outlets}) == len(outlets) >= 7
    outlet = Outlet(id="x", hosts=("x.example",), body=("p",))
    assert outlet.is_at("x.example") and outlet.is_at("a.x.example") and outlet.is_at("")
    assert not outlet.is_at("ax.example")


def test_outlet_file_with_an_unknown_key_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "odd.yaml"
    file.write_text("hosts: [x.example]\nbody: p\nauthors: b\n", "utf-8")
    with pytest.raises(ContentError, match=r"odd\.yaml"):
        read_outlet(file)
