"""Show a built site on this machine: loopback only, rebuilt when its content changes."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from ccmeet.errors import UsageError

HOST = "127.0.0.1"


class _Handler(SimpleHTTPRequestHandler):
    """Files of one folder, `404.html` for what isn't there, no listing, no log."""

    # A search asks for dozens of small files: one connection serves them all.
    protocol_version = "HTTP/1.1"
    timeout = 30  # seconds that an idle connection stays open
    # Else the second part of each answer waits 40 ms until the first is acknowledged.
    disable_nagle_algorithm = True
    wbufsize = -1

    def log_message(self, format: str, *args: object) -> None:
        """Silent: a person at the terminal reads rebuilds and errors, not requests."""

    def list_directory(self, path: object) -> None:
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self) -> None:
        # An editor who reloads wants the page as it now is.
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


def open_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server for `folder` on 127.0.0.1; port 0 takes a free one.

    Raises UsageError where the port is taken.
    """
    try:
        return ThreadingHTTPServer((HOST, port), partial(_Handler, directory=str(folder)))
    except (OSError, OverflowError) as error:
        raise UsageError(
            f"can't listen on {HOST}:{port}: {error}", hint="choose another: --port 0"
        ) from error


def _stamps(folders: list[Path]) -> Iterator[tuple[str, int, int]]:
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            try:
                stat = file.stat()
            except OSError:
                continue
            yield str(file), stat.st_mtime_ns, stat.st_size


def watch(folders: list[Path], changed: Callable[[], None], stop: threading.Event) -> None:
    """Call `changed` after each change below `folders`, looked at once a second, until `stop`."""
    before = list(_stamps(folders))
    while not stop.wait(1.0):
        now = list(_stamps(folders))
        if now != before:
            changed()
            # What the rebuild itself wrote (new records) is no second change.
            before = list(_stamps(folders))
