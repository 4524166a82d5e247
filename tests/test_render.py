"""The site rendered: every page, marked values, links, themes, and nothing hostile let through."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from archives import ARCHIVE, HOSTILE, TEXT, make_hostile
from ccmeet.errors import ContentError, TemplateError
from ccmeet.model.archive import Archive, Site
from ccmeet.model.records import TYPES, Post, Source, leaves
from ccmeet.partialdate import PartialDate
from ccmeet.showing.linkcheck import check_links
from ccmeet.showing.render import default_theme, load_theme
from ccmeet.showing.site import make_site
from ccmeet.showing.typeset import full_width
from ccmeet.showing.words import read_words

SITE = make_site(ARCHIVE)


def page(path: str, site: dict[str, bytes] = SITE) -> str:
    return site[path].decode()


def test_every_record_has_its_page_and_every_type_its_list() -> None:
    for kind in TYPES:
        assert f"{kind}/index.html" in SITE
        for id in ARCHIVE.of(kind):
            assert f"{kind}/{id}/index.html" in SITE
    assert {"index.html", "404.html", "robots.txt", "sitemap.xml", ".nojekyll"} <= set(SITE)


def test_links_work_and_the_check_finds_those_that_do_not() -> None:
    assert check_links(SITE) == ()
    broken = {
        "a/index.html": b'<p id="x"><p id="x"><a href="../b.html"><a href="#y">'
        b'<a href="javascript:x()"><a href="../../up.html"><a href="https://ok.example/">'
    }
    told = " ".join(problem.message for problem in check_links(broken))
    for words in ("b.html leads nowhere", "#y leads", "javascript", "leaves the site", "twice"):
        assert words in told
    assert len(check_links(broken)) == 5


def test_a_site_is_the_same_however_often_it_is_made() -> None:
    assert make_site(ARCHIVE) == SITE


def test_no_inline_script_or_style_and_nothing_from_elsewhere() -> None:
    for path, content in SITE.items():
        if path.endswith(".html"):
            html = content.decode()
            assert not re.search(r"\sstyle=|\son\w+=|<style", html), path
            for script in re.findall(r"<script([^>]*)>", html):
                assert "src=" in script or "application/" in script, path
            assert not re.search(r'<(?:script|link|img)[^>]*(?:src|href)="https?:', html), path


def test_a_value_leads_to_its_words_in_the_article() -> None:
    meeting = page("meetings/jiangwan-2/index.html")
    anchor, *_ = re.findall(
        r'class="ev ev--stated" href="\.\./\.\./articles/jiangan-1/index\.html#(e-[\d-]+)"'
        r"[^>]*>[^>]*>[^<]*<span>携手绘新图</span>",
        meeting,
    )
    article = page("articles/jiangan-1/index.html")
    assert f'<mark class="m m--stated" id="{anchor}">' in article
    assert "#:~:text=" in article


def test_marks_tell_entered_and_corrected_values_apart() -> None:
    changed = replace(ARCHIVE.meetings["jiangwan-2"], theme="同心绘新图")
    site = make_site(replace(ARCHIVE, meetings={**ARCHIVE.meetings, "jiangwan-2": changed}))
    meeting = page("meetings/jiangwan-2/index.html", site)
    of = r"[^>]*>[^>]*>[^<]*<span>"
    assert re.search(rf'ev--corrected"[^>]*data-was="携手绘新图"{of}同心绘新图', meeting)
    assert re.search(r'ev--entered[^"]*" href="[^"]*#s-1"(?:(?!<a ).)*湾心会堂', meeting)
    assert "程序原读作「携手绘新图」" in page("articles/jiangan-1/index.html", site)


def test_every_mark_finds_its_sentence_in_the_articles_script() -> None:
    text = SITE["articles/jiangan-1/sentences.js"].decode()
    data = json.loads(text.removeprefix("ccmeetSentences(").removesuffix(");\n"))
    article, found = page("articles/jiangan-1/index.html"), 0
    for html in (html.decode() for path, html in SITE.items() if path.endswith(".html")):
        for anchor, rest in re.findall(
            r'class="(?:ev|q) [^"]*" href="[^"#]*jiangan-1/index.html#(e-[^"]*)"([^>]*)', html
        ):
            if "data-exact" in rest:  # a city's code: no mark in the text tells of it
                continue
            _, exact, _, live, ways = data["marks"][anchor]
            way = re.search(r'data-way="(\d+)"', rest)
            assert ways[int(way[1]) if way else 0][0]
            assert live.startswith("https://news.example.cn/")
            assert full_width(TEXT).count(exact)
            assert f'id="{anchor}"' in article
            found += 1
    assert found > 5


def test_a_paraphrase_never_stands_in_marks() -> None:
    for path in ("officials/bing-mingyue/index.html", "meetings/jiangwan-2/index.html"):
        assert "“西洲将深化協作" not in page(path)
        assert "“西洲将深化" not in page(path)
    assert "转述，非原话" in page("officials/bing-mingyue/index.html")
    assert "“我们愿与西洲一道，把GDP之外的账也算清。”" in page("officials/yi-dachuan/index.html")


def test_the_reprint_notice_stands_where_words_are_shown() -> None:
    for path in ("index.html", "meetings/jiangwan-2/index.html", "articles/jiangan-1/index.html"):
        assert "转载请注明出处。" in page(path)
        assert "甲晓文" in page(path)


def test_excerpts_only_hides_what_carries_no_evidence() -> None:
    site = make_site(replace(ARCHIVE, site=replace(ARCHIVE.site, excerpts_only=True)))
    article = page("articles/jiangan-1/index.html", site)
    assert "江湾三城第二届会商会" in article
    assert "两项协议" not in article


def test_drafts_are_not_shown_and_old_ids_lead_on() -> None:
    cities = {
        **ARCHIVE.cities,
        "nanpu": replace(ARCHIVE.cities["nanpu"], status="draft"),
        "xizhou": replace(ARCHIVE.cities["xizhou"], aliases=("xi-zhou",)),
    }
    site = make_site(replace(ARCHIVE, cities=cities))
    assert "cities/nanpu/index.html" not in site
    assert "南浦" not in page("cities/index.html", site)
    assert 'content="0; url=../../cities/xizhou/index.html"' in page(
        "cities/xi-zhou/index.html", site
    )
    with pytest.raises(ContentError, match="two pages"):
        taken = {**cities, "xizhou": replace(cities["xizhou"], aliases=("dongwan",))}
        make_site(replace(ARCHIVE, cities=taken))


def test_an_empty_archive_says_how_to_fill_it() -> None:
    site = make_site(Archive())
    assert "content/articles/" in page("index.html", site)
    assert check_links(site) == ()


class Tags(HTMLParser):
    """The tags of a page and their attributes, as a browser sees them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, ""))
        self.seen += [(tag, name) for name, _ in attrs]


def test_hostile_words_stay_words() -> None:
    site = make_site(make_hostile(ARCHIVE))
    for path, content in site.items():
        if path.endswith(".html"):
            tags = Tags(content.decode()).seen
            assert ("img", "src") not in tags, path
            assert not any(name.startswith("on") for _, name in tags), path
            assert b"<script>hostile" not in content, path
    assert HOSTILE.split("<")[0] in page("index.html", site)


def test_a_javascript_address_is_never_a_link() -> None:
    bad = replace(ARCHIVE.articles["jiangan-1"], url="javascript:alert(1)")
    site = make_site(replace(ARCHIVE, articles={"jiangan-1": bad}))
    assert not any(b'href="javascript' in content for content in site.values())


def test_a_theme_overrides_single_parts(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "interface").mkdir()
    (tmp_path / "static").mkdir()
    (tmp_path / "parts" / "colophon.html").write_text("<footer>own</footer>", "utf-8")
    (tmp_path / "interface" / "zh-CN.yaml").write_text("skip: 直达正文\n", "utf-8")
    (tmp_path / "static" / "site.css").write_text("/* own */", "utf-8")
    site = make_site(ARCHIVE, tmp_path)
    assert "<footer>own</footer>" in page("index.html", site)
    assert "直达正文" in page("index.html", site)
    assert site["site.css"] == b"/* own */"


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("line\n{{ page.nonesuch }}", "templates/prose.html:2: .*nonesuch"),
        ("{{ nonesuch }}", "templates/prose.html:1: 'nonesuch' is undefined"),
        ("\n\n{% if %}", "templates/prose.html:3: "),
        ("{{ t('no.such') }}", "templates/prose.html:1: .*no.such"),
        ("{{ 1 / 0 }}", "templates/prose.html:1: division by zero"),
    ],
)
def test_a_broken_template_is_named_with_its_line(tmp_path: Path, broken: str, told: str) -> None:
    (tmp_path / "prose.html").write_text(broken, "utf-8")
    with pytest.raises(TemplateError, match=told):
        make_site(replace(ARCHIVE, pages={"about": "# x"}), tmp_path)


def test_the_site_speaks_english_too() -> None:
    site = make_site(replace(ARCHIVE, site=replace(ARCHIVE.site, interface="en")))
    assert '<html lang="en">' in page("index.html", site)
    assert "2nd edition" in page("meetings/jiangwan-2/index.html", site)
    assert '<h1 lang="zh-CN">' in page("meetings/jiangwan-2/index.html", site)


def test_both_catalogues_say_the_same_things() -> None:
    folder = default_theme() / "interface"
    keys = []
    for lang in ("zh-CN", "en"):
        texts = read_words(lang, (folder / f"{lang}.yaml").read_text("utf-8")).texts
        # A reason is Chinese as it stands in the records; only other tongues need words for it.
        keys.append({k for k in texts if not k.endswith("_one") and not k.startswith("whys.")})
    assert keys[0] == keys[1]


def test_every_field_has_a_name() -> None:
    words = load_theme(None, "zh-CN").words
    for kind in TYPES:
        for record in ARCHIVE.of(kind).values():
            for path, _ in leaves(record):
                name = path.split("/")[0]
                if name not in ("id", "aliases", "note", "sources", "status", "source"):
                    assert words.get(f"fields.{kind}.{name}"), path


def test_addresses_where_the_site_knows_its_own() -> None:
    site = make_site(replace(ARCHIVE, site=Site(base_url="https://a.example/repo/")))
    city = page("cities/dongwan/index.html", site)
    assert '<link rel="canonical" href="https://a.example/repo/cities/dongwan/">' in city
    assert 'href="/repo/index.html"' in page("404.html", site)
    assert b"https://a.example/repo/cities/dongwan/" in site["sitemap.xml"]
    assert b"404" not in site["sitemap.xml"]


def test_a_meeting_without_a_name_is_called_by_its_edition_but_not_in_the_data() -> None:
    nameless = replace(ARCHIVE.meetings["jiangwan-1"], name=None)
    site = make_site(replace(ARCHIVE, meetings={**ARCHIVE.meetings, "jiangwan-1": nameless}))
    page = site["meetings/jiangwan-1/index.html"].decode()
    assert "<title>第一届江湾三城会商会" in page
    assert "第一届江湾三城会商会" in site["index.html"].decode()
    assert "第一届江湾" not in site["meetings/jiangwan-1/index.json"].decode()


def test_a_withdrawn_record_leaves_a_page_that_says_so() -> None:
    gone = replace(
        ARCHIVE.officials["bing-mingyue"],
        status="withdrawn",
        note="应当事人要求。",
        aliases=("bing",),
    )
    site = make_site(replace(ARCHIVE, officials={**ARCHIVE.officials, "bing-mingyue": gone}))
    for id in ("bing-mingyue", "bing"):
        told = page(f"officials/{id}/index.html", site)
        assert "这条记录已撤下" in told
        assert "应当事人要求。" in told
        assert 'content="noindex"' in told
        assert "丙明月" not in told
    assert b"bing" not in site["sitemap.xml"]
    assert not any("丙明月" in page(path, site) for path in site if path.startswith("officials/"))


def test_a_paraphrase_stands_in_marks_nowhere_on_the_site() -> None:
    words = "西洲[將将]深化[協协]作"
    for path, content in SITE.items():
        told = content.decode("utf-8", "replace")
        assert not re.search(f"[“「『‘&quot;]{words}|{words}。?[”」』’]", told), path


def test_every_rule_that_read_the_seed_is_told_in_words() -> None:
    folder = Path(__file__).parent.parent / "content" / "extracted"
    rules = {
        rule
        for file in folder.rglob("*.json")
        for rule in re.findall(r'"rule": "([^"]+)"', file.read_text("utf-8"))
    }
    assert len(rules) > 20
    for lang in ("zh-CN", "en"):
        words = load_theme(None, lang).words
        told = {r: words.get(f"rules.{r}", f"rules.{r.split(':')[0]}") for r in rules}
        assert [rule for rule, text in told.items() if not text] == []


def test_a_page_offers_its_record_and_its_feed() -> None:
    city = page("cities/dongwan/index.html")
    assert 'type="application/json"' in city
    assert '../../feeds/cities/dongwan.xml"' in city
    assert 'feeds/all.xml"' in page("index.html")
    assert '../../feeds/series/jiangwan.ics"' in page("series/jiangwan/index.html")


def test_the_meeting_is_a_catalogue_entry_with_numbers_of_evidence() -> None:
    meeting = page("meetings/jiangwan-2/index.html")
    number = re.search(
        r'articles/jiangan-1/index\.html#e-(\d+)(?:-\d+)?"[^>]*>原文 <b>(\d+)</b>'
        r"<span[^>]*>[^<]*<span>携手绘新图",
        meeting,
    )
    assert number
    assert number[1] == number[2]
    assert f'<li class="note note--stated" id="n-{number[1]}"' in page(
        "articles/jiangan-1/index.html"
    )


def test_long_lists_are_parted_and_jump_to_their_years() -> None:
    articles = {
        f"a-{n:03}": replace(
            ARCHIVE.articles["jiangan-1"], id=f"a-{n:03}", date_published=PartialDate(1900 + n // 4)
        )
        for n in range(820)
    }
    site = make_site(replace(ARCHIVE, articles=articles, extracted={}))
    assert len(site["articles/index.html"]) < 100 * 1000  # a line's values carry no sentences
    last = page("articles/page-9/index.html", site)
    assert last.count('<span class="rows__t">') == 20
    assert '<a href="../../articles/page-8/index.html" rel="prev">' in last
    assert '<a href="../../articles/index.html#g-1">2104</a>' in last
    assert "<span>…</span>" in last


def test_every_mark_has_its_place_however_the_blocks_lie() -> None:
    read = ARCHIVE.extracted["articles"]["jiangan-1"]
    meeting = ARCHIVE.extracted["meetings"]["jiangwan-2"]
    (name,) = meeting.evidence["name"]
    # A second headline, evidence that begins between two blocks, and evidence in no block.
    blocks = tuple(
        replace(block, kind="headline", start=block.start + 20) if n == 1 else block
        for n, block in enumerate(read.blocks)
        if n != 3
    )
    (theme,) = meeting.evidence["theme"]
    start = read.text.index("5月3日")
    wide = replace(name, start=start, end=name.end, exact=read.text[start : name.end])
    place = read.text.index("交通联通")
    lost = replace(theme, start=place, end=place + 4, exact="交通联通")
    found = replace(meeting, evidence={"name": (wide,), "theme": (lost,)})
    extracted = {
        "articles": {"jiangan-1": replace(read, blocks=blocks)},
        "meetings": {"jiangwan-2": found},
    }
    told = page("articles/jiangan-1/index.html", make_site(replace(ARCHIVE, extracted=extracted)))
    assert '<p class="subhead"' in told
    assert re.findall(r'<mark class="m [^"]*" id="([^"]*)">', told) == ["e-1", "e-2", "e-3"]


def test_progress_stands_between_the_edition_that_reports_it_and_the_one_before() -> None:
    series = page("series/jiangwan/index.html")
    assert '<span aria-hidden="true">1–2</span></a><small>其间进展</small>' in series
    row = re.search(r'<tr><th scope="row"><a [^>]*>交通联通</a>.*?</tr>', series, re.S)
    assert row
    between, agreed = re.findall(r'<td class="mx__on([^"]*)">', row[0])
    assert (between, agreed) == (" mx__on--between", " mx__on--key")
    assert "会商 · 进展" in row[0] or "进展 · 领域" in row[0]
    meeting = replace(ARCHIVE.meetings["jiangwan-2"], progress=())
    site = make_site(replace(ARCHIVE, meetings={**ARCHIVE.meetings, "jiangwan-2": meeting}))
    assert "其间进展" not in page("series/jiangwan/index.html", site)


def test_a_value_that_names_its_report_leads_to_that_source_of_several() -> None:
    known = ARCHIVE.officials["yi-dachuan"]
    pages = tuple(
        Source(url=f"https://old.example.cn/{n}", title=f"旧闻{n}", publisher="旧报")
        for n in (1, 2)
    )
    own, bare = Post(title="副市长", article="jiangan-1"), Post(title="秘书长")
    for sources, place in (
        ((*pages, "jiangan-1"), "../../officials/yi-dachuan/index.html#s-3"),
        (pages, "../../articles/jiangan-1/index.html#src"),
    ):
        official = replace(known, posts=(own, bare), sources=sources)
        site = make_site(
            replace(ARCHIVE, officials={**ARCHIVE.officials, "yi-dachuan": official}, extracted={})
        )
        told = page("officials/yi-dachuan/index.html", site)
        marks = re.findall(
            r'<a class="ev ev--entered" href="([^"]*)"[^>]*>[^>]*>依据（著录[^）]*）：官员 · 职务',
            told,
        )
        assert marks == [place, "../../officials/yi-dachuan/index.html#src"]
