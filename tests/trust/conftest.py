"""One real server behind a proxy that speaks https, for the checks of what leaves it and what stays in its folder."""

import re

import pytest
from django.db import connection

from kith.testing.cast import PHRASE
from kith.testing.pictures import as_file, photograph
from kith.testing.serving import run_in, serving
from tests.trust.visitor import HOST, WORDS, Visitor

BUILD = """
from kith.cli.preparing import prepare; prepare()
from kith.conversation import actions as talk
from kith.testing.cast import AT, make_cast
from kith.core.models import Site
cast = make_cast()
talk.start_topic(cast.places["ada"], title="The first topic", words="A line.", at=AT, intent="")
(Path(settings.ENV.data) / "group").write_text(cast.group)
"""


@pytest.fixture(scope="session")
def proxied(tmp_path_factory):
    if connection.vendor != "sqlite":
        pytest.skip("the server's own folder; once is enough")
    data = tmp_path_factory.mktemp("proxied")
    more = {"KITH_HTTPS": "1", "KITH_PROXIES": "127.0.0.1", "KITH_HOSTS": HOST, "DATABASE_URL": ""}
    run_in(data, "from pathlib import Path; from django.conf import settings\n" + BUILD, **more)
    with serving(data, KITH_WORKERS="1", **more) as site:
        yield site


@pytest.fixture(scope="session")
def story(proxied):
    """Have somebody do what people do, well and badly, and return all that she was answered."""
    group, ben = (proxied.data / "group").read_text(), Visitor(proxied)
    topics = f"/g/{group}/topics/"
    for path in (
        "/",
        "/up",
        "/about/",
        "/find/browse/",
        "/no/such/page",
        "/%00",
        "/me/privacy/",
        f"/live{topics}1/",
        "/help-now/NL/",
    ):
        ben.get(path)
    styles = re.search(r'href="(/static/[^"]+)"', ben.get("/")[2].decode())[1]
    for method, more in (("GET", {}), ("POST", {}), ("GET", {"Range": "bytes=9999999-"})):
        ben.ask(method, styles, **more)
    ben.ask("GET", styles, **{"If-None-Match": ben.ask("GET", styles)[1]["ETag"]})
    ben.get("/static/none.css")
    ben.post("/find/", "/", words="I live with pain every day.")
    ben.post("/display/", theme="dark")
    ben.post("/display/", theme="")
    ben.post(
        "/account/signup/",
        name="plum",
        phrase="four quiet words here",
        email="plum@example.org",
        way="email",
        adult="1",
        health_consent="1",
    )
    ben.get("/account/codes/")
    ben.post("/account/codes/")
    ben.post("/account/logout/", "/")
    for _guess in range(3):
        ben.post("/account/login/", name="ben 1000", phrase="not this one")
    ben.ask("POST", "/account/login/", "name=ben")  # no token
    ben.ask("GET", "/", Host="evil.example")
    ben.post("/account/login/", name="ben 1000", phrase=PHRASE, device="own")
    picture = as_file(photograph(320, 200), "PNG")
    ben.send_picture(
        f"{topics}new/", f"{topics}new/", picture, title="The second topic", words=WORDS, alt_1="A door", intent="one"
    )
    shown = re.search(r'src="(/g/[^"]+)"', ben.get(f"{topics}2/")[2].decode())[1]
    for path in (shown, f"/live{topics}2/", topics, "/me/sessions/", "/me/words/", "/search/", f"/g/{group}/desk/"):
        ben.get(path)
    ben.post(f"{topics}1/reply/", f"{topics}1/", words="Half an answer.", intent="two")
    ben.post("/me/phrase/", "/me/privacy/", phrase="wrong", new="four other quiet words")
    ben.post("/me/codes/", "/me/privacy/", phrase=PHRASE)
    ben.ask("POST", "/exit/")
    ben.post("/account/login/", name="fay 1000", phrase=PHRASE)
    ben.post("/me/closing/", words="withdraw", when="now", phrase=PHRASE)
    return ben
