"""Whatever the bytes, an article that holds together or a SourceError, in bounded time."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccmeet.errors import SourceError
from ccmeet.ingest import MAX_BYTES, read_source
from ccmeet.model.article import Article

SENTENCE = "临江、岚州两市会商会二十八日在临江召开，会议审议通过合作清单。"

WORDS = st.sampled_from(
    [
        SENTENCE, "来源：", "临江日报", "作者 ", "林一舟", "记者", "编辑:", "\n", "\n\n", "\r",
        "---\n", "url: ", "https://x.example/c/2024/07/29/1.htm",
        "2024-07-29", "02.03.2016", "IMG_1.jpg", " 摄", "讯(", "相关链接",
        "本文为临江站原创文章,转载请注明", "《", "》", "“", "”", "　", "长(zhǎng)", "，，", "，",
        "摘要 ", "# ", "\ufffd", "𠮷", "\u2028", "<p>", "</p>",
        "<div class='share'>", "</div>", "<br>", "<h1>", "</h1>", "<!--", "-->", "<a href=x>",
        "</a>", "<html>", "<meta name=author content=林一舟>", "<title>", "</title>", "&nbsp;",
        "&#x0;", "<script type='application/ld+json'>", "</script>",
    ]
)  # fmt: skip
SOURCES = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=300).map(str.encode),
    st.lists(WORDS, max_size=40).map(lambda words: "".join(words).encode()),
    st.lists(WORDS, max_size=40).map(lambda words: "".join(words).encode("gb18030", "ignore")),
)


def check(article: Article) -> None:
    """The invariants of an article: blocks in order and apart, facts in the text, a body."""
    end = 0
    for block in article.blocks:
        assert end <= block.start < block.end <= len(article.text)
        assert block.span.of(article.text).strip()
        end = block.end
    assert any(block.kind in ("paragraph", "dateline") for block in article.blocks)
    page = article.page
    single = (page.headline, page.url, page.publisher, page.section, page.notice)
    pictures = [fact for image in page.images for fact in (image.name, image.caption)]
    for fact in (*single, page.date_published, *page.author, *page.editor, *pictures):
        for span in fact.spans if fact else ():
            assert 0 <= span.start < span.end <= len(article.text)
    for text_fact in (page.url, page.publisher, page.section, page.notice, *pictures):
        if text_fact:
            assert all(span.of(article.text) == text_fact.value for span in text_fact.spans)


@settings(max_examples=300, deadline=None)
@given(data=SOURCES, suffix=st.sampled_from([".txt", ".html"]))
def test_any_bytes(data: bytes, suffix: str) -> None:
    try:
        article = read_source(data, "content/articles/case" + suffix)
    except SourceError as problem:
        assert problem.problems[0].message
    else:
        check(article)
        assert read_source(data, "content/articles/case" + suffix) == article


HOSTILE = {
    "broken comments": f"<html><p>{SENTENCE}</p>" + "<!-- a <!- b --! <!" * 12_000,
    "nested boxes": "<html>" + "<div>" * 5_000 + SENTENCE + "</div>" * 5_000,
    "nested fonts": "<html><body>" + "<p><font>" * 20_000 + SENTENCE,
    "many tags": "<html><body>" + "<p>a</p>" * 150_000 + SENTENCE,
    "paragraphs": "<html><body>" + "<p>a" * 40_000 + SENTENCE,
    "figures": "<html><figure>" + f"<figcaption>{SENTENCE}</figcaption>" * 9_000,
    "links": "<html><body>" + f"<p>{SENTENCE}<a href=x>首页新闻</a></p>" * 9_000,
    "attributes": "<html><body><p " + "a=b " * 100_000 + ">" + SENTENCE,
    "entities": f"<html><p>{SENTENCE}" + "&nbsp;" * 150_000,
    "open brackets": f"<html><p>{SENTENCE}" + "长(" * 200_000,
    "JSON": "<html><script type='application/ld+json'>" + "[" * 90_000 + f"</script>{SENTENCE}",
    "spaces": " " * 900_000 + SENTENCE,
    "spaces in a line": SENTENCE + ("a" + " " * 1_000) * 900,
    "titles": "会议在临江市召开了吗临江\n" * 30_000 + SENTENCE,
    "menu": "会议\n" * 100_000 + SENTENCE,
    "labels": "来源：红网 " * 100_000 + "\n" + SENTENCE,
    "lines of labels": "来源：红网\n" * 20_000 + SENTENCE,
    "names": ("作者：" + "王李" * 6 + "甲\n") * 3_000 + SENTENCE,
    "dates": "2024-" * 150_000 + "\n" + SENTENCE,
    "crumbs": ">" * 900_000 + "\n" + SENTENCE,
    "picture name": "a" * 900_000 + ".jp\n" + SENTENCE,
    "front matter": "---\n" + "a: " * 200_000 + "\n" + SENTENCE,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_bounded_time(kind: str) -> None:
    data = HOSTILE[kind].encode()
    suffix = ".html" if data.startswith(b"<") else ".txt"
    start = time.process_time()
    try:
        check(read_source(data, "content/articles/case" + suffix))
    except SourceError as problem:
        assert problem.problems[0].hint
    assert time.process_time() - start < 20  # seconds; each takes under five on a free machine


def test_too_many_bytes_are_not_even_decoded() -> None:
    with pytest.raises(SourceError, match="bytes"):
        read_source(b"<p>" + b"a" * MAX_BYTES, "content/articles/case.html")


def test_pictures_set_into_a_page_are_no_length_of_it() -> None:
    picture = "<img src='data:image/png;base64," + "QUJD" * 400_000 + "'>"
    page = f"<html><body><div>{picture}<p>{SENTENCE}</p></div></body></html>"
    check(read_source(page.encode(), "content/articles/case.html"))
