"""HE4: only the verbs that a route declares, only the names of this site, and no word of what runs here in which version."""

import re
import socket

import pytest

from kith import __version__
from tests.trust.visitor import HOST

ODD = ("TRACE", "CONNECT", "PROPFIND", "TRACK", "DEBUG", "OPTIONS", "PUT", "PATCH", "DELETE", "BREW")
TELLING = ("Server", "X-Powered-By", "Via", "X-Runtime", "X-Version", "X-AspNet-Version", "X-Generator", "Date-Version")


def raw(site, text):
    """Send bytes as they are; return the first answer's status and headers."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=30) as line:
        line.sendall(text.encode("latin-1"))
        said = b""
        while b"\r\n\r\n" not in said and (piece := line.recv(65536)):
            said += piece
    head = said.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    return int(head[0].split()[1]), dict(row.lower().split(": ", 1) for row in head[1:])


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/", "/account/login/", "/exit/", "/up", "/no/such/page", "/static/"])
@pytest.mark.parametrize("verb", ODD)
def test_no_other_verb_does_anything(proxied, path, verb):
    status, headers = raw(
        proxied, f"{verb} {path} HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n"
    )
    assert status in ((404, 405) if path in ("/no/such/page", "/static/") else (405,))
    assert "set-cookie" not in headers or "form" in headers["set-cookie"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("host", "status"),
    [(HOST, 200), ("evil.example", 400), (f"{HOST}.evil.example", 400), (f"evil.{HOST}", 400), ("", 400), ("127.0.0.1", 400),
     (f"{HOST}@evil.example", 400), (f"{HOST}:80:80", 400)],
)  # fmt: skip
def test_answers_only_to_its_names(proxied, host, status):
    for more in ("", f"X-Forwarded-Host: {HOST}\r\n"):
        got, _headers = raw(
            proxied, f"GET / HTTP/1.1\r\nHost: {host}\r\n{more}X-Forwarded-Proto: https\r\nConnection: close\r\n\r\n"
        )
        assert got == status


@pytest.mark.slow
def test_a_name_in_another_header_changes_no_link(story):
    status, _headers, body = story.ask("GET", "/about/", **{"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"})
    assert status == 200
    assert b"evil.example" not in body


@pytest.mark.slow
def test_no_header_says_what_runs_here(story):
    for _method, path, status, headers in story.answers:
        said = {name: headers[name] for name in TELLING if headers.get(name)}
        assert said == {}, (path, status)
        telling = re.findall(
            r"(?i)kith|django|granian|python|whitenoise|sqlite|\d+\.\d+\.\d+", str(headers).replace("trusted-types kith", "")
        )
        assert telling == [], (path, status)


@pytest.mark.slow
def test_health_says_yes_and_no_more(proxied):
    status, _headers = raw(proxied, "GET /up HTTP/1.1\r\nHost: 10.0.0.7\r\nConnection: close\r\n\r\n")
    assert status == 200


@pytest.mark.django_db
class TestToStrangers:
    def test_health_is_one_word(self, client):
        assert client.get("/up").json() == {"up": True}

    @pytest.mark.parametrize("path", ["/", "/about/", "/privacy/", "/account/login/", "/no/such/page", "/help-now/"])
    def test_no_page_says_the_version(self, client, path):
        assert __version__.encode() not in client.get(path).content
