"""Officials: what one article says of their posts and words, entered as claims."""

from ccmeet.model.fact import Fact
from ccmeet.model.reading import OfficialRead, PostRead
from ccmeet.reading.names import leading_place, place_key, post_key, text_key
from ccmeet.reading.telling import Telling


def tell_official(telling: Telling, number: int) -> None:
    """One of the reading's officials, by its number: name, posts as of this report, quotes."""
    read = telling.reading.officials[number]
    id = telling.ids.officials[telling.number, number]
    telling.say("officials", id, ["name"], telling.claim(read.name))
    if read.city:
        telling.city(read.city)
    for post in read.posts:
        _tell_post(telling, post, read, id)
    for q in range(len(read.quotes)):
        _tell_quote(telling, read, (number, q), id)


def _tell_post(telling: Telling, post: PostRead, read: OfficialRead, id: str) -> None:
    city = _city_of(post, read)
    body = post.organization.value if post.organization else ""
    key = post_key(body, post.title.value, place_key(city.value) if city else "")
    if post.organization:
        path = ["posts", key, "organization"]
        telling.say("officials", id, path, telling.claim(post.organization))
    telling.say("officials", id, ["posts", key, "title"], telling.claim(post.title))
    if city:
        path = ["posts", key, "city"]
        telling.say("officials", id, path, telling.means(city, telling.city(city)))
    if telling.date:
        telling.say("officials", id, ["posts", key, "as_of"], telling.settled(telling.date))
    telling.say("officials", id, ["posts", key, "article"], telling.settled(telling.article))


def _city_of(post: PostRead, read: OfficialRead) -> Fact[str] | None:
    """A post's own city, or the person's where the post's body names no other place."""
    if post.city or not read.city or not post.organization:
        return post.city or read.city
    head, _ = leading_place(post.organization.value)
    return read.city if not head or place_key(head) == place_key(read.city.value) else None


def _tell_quote(telling: Telling, read: OfficialRead, place: tuple[int, int], id: str) -> None:
    quote = read.quotes[place[1]]
    item = ["quotes", text_key(quote.text.value)]
    own = {
        "id": telling.ids.quotes[telling.number, *place],
        "meeting": telling.ids.meetings.get((telling.number, 0)),
        "article": telling.article,
    }
    # Words that two outlets print alike are one quote, and stay with the first.
    if not telling.has("officials", id, item):
        for name, value in own.items():
            if value:
                telling.say("officials", id, [*item, name], telling.settled(value))
    for name in ("mode", "verb", "text"):
        fact = getattr(quote, name)
        if fact:
            telling.say("officials", id, [*item, name], telling.claim(fact))
    if read.attribution_text:
        path = [*item, "attribution_text"]
        telling.say("officials", id, path, telling.claim(read.attribution_text))
