"""What was said, as pages show it: who, in which posts, by which verb, and whose words they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from ccmeet.model.records import ArticleRecord, OfficialRecord, Post, Quote, keyed
from ccmeet.showing.relations import Said, cities_of
from ccmeet.showing.shown import Link, Shown, line_up
from ccmeet.showing.typeset import full_width
from ccmeet.showing.view import Values, View


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote. `direct` is false for the newspaper's paraphrase, which never stands in marks.

    `id` is its anchor on the official's page, `post` the posts as printed at that time (`posts`
    those of the latest report, where the quote's own has none),
    `where` the article and `meeting` the meeting it was said at.
    """

    id: str
    who: Link
    post: Shown | None
    posts: tuple[Shown, ...]
    city: Shown | None
    city_id: str
    verb: Shown | None
    text: Shown
    direct: bool
    date: Shown | None
    where: Link | None
    by: tuple[Shown, ...]
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
    as_then = values.shown(("quotes", said.key, "attribution_text"), quote.attribution_text)
    cities = cities_of(official)
    return Quoted(
        id=quote_anchor(quote, said.key),
        who=view.link("officials", official.id),
        post=as_then,
        posts=() if as_then else posts_shown(values, official),
        city=next(iter(cities_shown(values, official)), None),
        city_id=cities[0] if cities else "",
        verb=values.shown(("quotes", said.key, "verb"), quote.verb),
        text=shown or Shown(text),
        direct=quote.mode == "direct",
        date=_published(view, article) if article else None,
        where=view.link("articles", article.id) if article else None,
        by=cited_by(view, article) if article else (),
        meeting=view.link("meetings", meeting.id) if meeting else None,
    )


def _published(view: View, article: ArticleRecord) -> Shown | None:
    return view.values("articles", article).shown(("date_published",), article.date_published)


def cited_by(view: View, article: ArticleRecord) -> tuple[Shown, ...]:
    """Who published an article, and when."""
    publisher = view.values("articles", article).shown(("publisher",), article.publisher)
    return line_up((publisher, _published(view, article)))


def quote_anchor(quote: Quote, key: str) -> str:
    """A quote's anchor on its speaker's page: its id, which begins with q-."""
    id = quote.id or key.replace("#", "")
    return id if id.startswith("q-") else f"q-{id}"


def posts_line(view: View, official: OfficialRecord) -> str:
    """An official's posts of the latest report, in a line: 发展和改革委员会党组成员、副主任."""
    return view.words("list.clause").join(text for text, _, _ in _latest_posts(view, official))


def posts_shown(values: Values, official: OfficialRecord) -> tuple[Shown, ...]:
    """The same for a page: each body and the posts in it, with the way to where they stand."""
    return line_up(
        values.shown(("posts", key, "title"), title, text)
        for text, key, title in _latest_posts(values.view, official)
    )


def _latest_posts(view: View, official: OfficialRecord) -> list[tuple[str, str, str]]:
    """Bodies with the posts held in them; the key and title of the first of these."""
    latest = max((str(post.as_of or "") for post in official.posts), default="")
    bodies: dict[str, list[tuple[str, str]]] = {}
    for key, post in keyed("organization+title", official.posts):
        if str(post.as_of or "") == latest and post.title:
            bodies.setdefault(post.organization or "", []).append((post.title, key))
    return [
        (full_width(body + view.words.join(tuple(title for title, _ in held))), *held[0][::-1])
        for body, held in bodies.items()
    ]


def cities_shown(values: Values, official: OfficialRecord) -> tuple[Shown, ...]:
    """The cities that an official's posts serve, each with where that stands."""
    found: dict[str, Shown | None] = {}
    for key, post in keyed("organization+title", official.posts):
        if post.city and post.city not in found:
            found[post.city] = values.refers(("posts", key, "city"), post.city)
    return tuple(shown for shown in found.values() if shown)


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post as one report names it."""

    date: Shown | None
    organization: Shown | None
    title: Shown | None
    article: Link | None
    by: tuple[Shown, ...]


def post_rows(view: View, values: Values, posts: tuple[Post, ...]) -> tuple[PostRow, ...]:
    """Posts with their marks, the latest report first."""
    rows = []
    for key, post in keyed("organization+title", posts):
        at = ("posts", key)
        article = view.archive.articles.get(post.article) if post.article else None
        row = PostRow(
            as_of(values, key, post),
            values.shown((*at, "organization"), post.organization),
            values.shown((*at, "title"), post.title),
            view.link("articles", article.id) if article else None,
            cited_by(view, article) if article else (),
        )
        rows.append((str(post.as_of or ""), row))
    return tuple(row for _, row in sorted(rows, key=lambda one: one[0], reverse=True))


def as_of(values: Values, key: str, post: Post) -> Shown | None:
    """The day at which a post was held: that of the report that names it, and so its evidence."""
    article = values.view.archive.articles.get(post.article or "")
    if article and article.date_published == post.as_of:
        return _published(values.view, article)
    return values.shown(("posts", key, "as_of"), post.as_of)


@dataclass(frozen=True, slots=True)
class Person:
    """An official in a list: name and posts."""

    link: Link
    post: tuple[Shown, ...]


def person(view: View, official: OfficialRecord) -> Person:
    """One official, as lists name them."""
    values = view.values("officials", official)
    return Person(view.link("officials", official.id), posts_shown(values, official))
