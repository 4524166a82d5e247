"""The local server: loopback, no way out of its folder, the site's own 404."""

import http.client
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ccmeet.errors import UsageError
from ccmeet.serve import open_server, watch


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    site = tmp_path / "site"
    (site / "cities").mkdir(parents=True)
    (site / "index.html").write_text("home", "utf-8")
    (site / "404.html").write_text("not here, but all the same", "utf-8")
    (tmp_path / "secret.txt").write_text("no", "utf-8")
    with open_server(site, 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def get(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", path)
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()
    return response.status, body


def test_serves_the_folder(port: int) -> None:
    assert get(port, "/") == (200, "home")


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/x", "/cities/"]
)
def test_nothing_else(port: int, path: str) -> None:
    assert get(port, path) == (404, "not here, but all the same")


def test_listens_on_loopback_only(tmp_path: Path) -> None:
    with open_server(tmp_path, 0) as server:
        assert server.server_address[0] == "127.0.0.1"


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(UsageError, match="can't listen"):
            open_server(tmp_path, taken.getsockname()[1])


def test_watch_sees_a_change_once(tmp_path: Path) -> None:
    stop, seen = threading.Event(), []

    def changed() -> None:
        seen.append(True)
        (tmp_path / "written-by-the-rebuild").touch()

    watcher = threading.Thread(target=watch, args=([tmp_path], changed, stop))
    watcher.start()
    stop.wait(0.2)
    (tmp_path / "new.yaml").write_text("id: new", "utf-8")
    stop.wait(2.5)
    stop.set()
    watcher.join()
    assert seen == [True]
