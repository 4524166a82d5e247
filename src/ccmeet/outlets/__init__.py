"""The outlets' page templates: one small YAML file each, by CSS selectors, and their loader.

A file may set, each a CSS selector or a list of them (`meta[name=…]` gives its `content`):

    hosts    domains whose pages may be of this template (no selectors)
    match    what must all be on the page; without it, `body`
    title, body, source, author, editor, date
             where these stand, the first selector that finds something; a printed label or
             date in an element of credits says more than the key it was found by
    drop     what is no article inside the body
    video    how the address of the report's clip ends that stands in a script: .mp4
"""

from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from ccmeet.codec import load_data
from ccmeet.errors import ContentError


@dataclass(frozen=True, slots=True)
class Outlet:
    """One page template; `id` is its file's stem, each field a tuple of CSS selectors or words."""

    id: str
    hosts: tuple[str, ...]
    body: tuple[str, ...]
    match: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    editor: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    video: tuple[str, ...] = ()

    def is_at(self, host: str) -> bool:
        """Whether pages of `host` may be of this template; so may pages of no known host."""
        return not host or any(host == h or host.endswith("." + h) for h in self.hosts)


@cache
def load_outlets() -> tuple[Outlet, ...]:
    """All templates, in the order of their files' names, which is the order they are tried in.

    Raises ContentError for a file that is not as described above.
    """
    found = (f for f in files(__name__).iterdir() if f.name.endswith(".yaml"))
    return tuple(read_outlet(file) for file in sorted(found, key=lambda f: f.name))


_KEYS = {f.name for f in fields(Outlet)} - {"id"}


def read_outlet(file: Traversable) -> Outlet:
    """One template. Raises ContentError for a key that is missing or not known."""
    data = load_data(file.read_text("utf-8"))
    if not isinstance(data, dict) or not {"hosts", "body"} <= set(data) <= _KEYS:
        known = ", ".join(sorted(_KEYS))
        raise ContentError(f"outlets/{file.name}: needs hosts and body; the keys are {known}")
    values = {k: tuple(v) if isinstance(v, list) else (v,) for k, v in data.items()}
    return Outlet(id=file.name.removesuffix(".yaml"), **values)
