"""Markdown: bold beside Chinese marks, no raw HTML, no link that runs."""

import pytest

from ccmeet.showing.markdown import to_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("他说**“合作”**在前", "他说<strong>“合作”</strong>在前"),
        ("**注意：**请看", "<strong>注意：</strong>请看"),
        ("在**（东湾）**开会", "在<strong>（东湾）</strong>开会"),
        ("**甲**，**乙**", "<strong>甲</strong>，<strong>乙</strong>"),
        ("*斜*与**粗**", "<em>斜</em>与<strong>粗</strong>"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("a_b_c", "a_b_c"),
    ],
)
def test_emphasis(text: str, html: str) -> None:
    assert to_html(text).strip() == f"<p>{html}</p>"


def test_html_is_text() -> None:
    html = to_html("<script>x()</script>\n\n<b onclick=x()>b</b>")
    assert "<script" not in html
    assert "<b" not in html


@pytest.mark.parametrize(
    "url", ["javascript:x()", "JaVaScRiPt:x()", "data:text/html,x", "//evil.example", "vbscript:x"]
)
def test_links_that_run_are_refused(url: str) -> None:
    assert "href" not in to_html(f"[x]({url})")


def test_links_from_the_root_lead_to_pages() -> None:
    assert 'href="../cities/index.html#a"' in to_html("[x](/cities/#a)", "../")
    assert 'href="https://a.example/"' in to_html("[x](https://a.example/)", "../")
