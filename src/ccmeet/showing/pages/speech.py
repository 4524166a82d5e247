"""What was said, as pages show it: who, in which posts, by which verb, and whose words they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from ccmeet.model.records import OfficialRecord, Post, Quote, keyed
from ccmeet.showing.relations import Said, cities_of
from ccmeet.showing.typeset import full_width
from ccmeet.showing.view import Link, Shown, Values, View


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote. `direct` is false for the newspaper's paraphrase, which never stands in marks.

    `id` is its anchor on the official's page, `post` the posts as printed at that time,
    `where` the article and `meeting` the meeting it was said at.
    """

    id: str
    who: Link
    post: Shown | None
    city: Link | None
    city_id: str
    verb: str
    text: Shown
    direct: bool
    date: str
    where: Link | None
    by: str
    meeting: Link | None


def quotes_of(view: View, said: Iterable[Said]) -> tuple[Quoted, ...]:
    """Quotes in the order given."""
    return tuple(_quoted(view, one) for one in said)


def _quoted(view: View, said: Said) -> Quoted:
    quote, official = said.quote, said.official
    values = view.values("officials", official)
    text = full_width(quote.text or "")
    shown = values.shown(("quotes", said.key, "text"), quote.text, text)
    article = view.archive.articles.get(quote.article) if quote.article else None
    meeting = view.archive.meetings.get(quote.meeting) if quote.meeting else None
    cities = cities_of(official)
    return Quoted(
        id=quote_anchor(quote, said.key),
        who=view.link("officials", official.id),
        post=values.shown(("quotes", said.key, "attribution_text"), quote.attribution_text)
        or (Shown(line) if (line := posts_line(view, official)) else None),
        city=view.link("cities", cities[0], view.short_city(cities[0])) if cities else None,
        city_id=cities[0] if cities else "",
        verb=quote.verb or "",
        text=shown or Shown(text),
        direct=quote.mode == "direct",
        date=str(article.date_published or "") if article else "",
        where=view.link("articles", article.id) if article else None,
        by=view.cited(article) if article else "",
        meeting=view.link("meetings", meeting.id) if meeting else None,
    )


def quote_anchor(quote: Quote, key: str) -> str:
    """A quote's anchor on its speaker's page: its id, which begins with q-."""
    id = quote.id or key.replace("#", "")
    return id if id.startswith("q-") else f"q-{id}"


def posts_line(view: View, official: OfficialRecord) -> str:
    """An official's posts of the latest report, in a line: 发展和改革委员会党组成员、副主任."""
    latest = max((str(post.as_of or "") for post in official.posts), default="")
    bodies: dict[str, list[str]] = {}
    for post in official.posts:
        if str(post.as_of or "") == latest and post.title:
            bodies.setdefault(post.organization or "", []).append(post.title)
    lines = (body + view.words.join(tuple(titles)) for body, titles in bodies.items())
    return full_width(view.words("list.clause").join(lines))


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post as one report names it."""

    date: str
    organization: Shown | None
    title: Shown | None
    city: Link | None
    article: Link | None
    by: str


def post_rows(view: View, values: Values, posts: tuple[Post, ...]) -> tuple[PostRow, ...]:
    """Posts with their marks, the latest report first."""
    rows = []
    for key, post in keyed("organization+title", posts):
        at = ("posts", key)
        article = view.archive.articles.get(post.article) if post.article else None
        rows.append(
            PostRow(
                str(post.as_of or ""),
                values.shown((*at, "organization"), post.organization),
                values.shown((*at, "title"), post.title),
                view.link("cities", post.city, view.short_city(post.city)) if post.city else None,
                view.link("articles", article.id) if article else None,
                view.cited(article) if article else "",
            )
        )
    return tuple(sorted(rows, key=lambda row: row.date, reverse=True))


@dataclass(frozen=True, slots=True)
class Person:
    """An official in a list: name, posts, and how many of their quotes the archive holds."""

    link: Link
    post: str
    city: Link | None
    quotes: int


def person(view: View, official: OfficialRecord) -> Person:
    """One official, as lists name them."""
    cities = cities_of(official)
    return Person(
        view.link("officials", official.id),
        posts_line(view, official),
        view.link("cities", cities[0], view.short_city(cities[0])) if cities else None,
        len(official.quotes),
    )
