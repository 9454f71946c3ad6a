"""A crawl as every role: from the first page along every link and every form's address; nothing breaks, nothing leads nowhere."""

import re
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from kith.testing.world import LOOKERS
from kith.web import throttle
from tests.test_routes import client_for, world  # noqa: F401 - the fixture

LINK = re.compile(r'<(?:a|link|script)\b[^>]*?\s(?:href|src)="([^"]+)"')
ID = re.compile(r'\sid="([^"]+)"')
OUTWARD = ("http:", "https:", "mailto:", "tel:", "sms:", "data:")
MOST = 2000  # pages a role; the small world has fewer by far


def links_of(path, html):
    """List where a page leads inside the site, without fragments; and which fragments of itself it names."""
    pages, fragments = set(), set()
    for raw in LINK.findall(html):
        href = unescape(raw)
        if href.startswith(OUTWARD):
            continue
        target, fragment = urldefrag(urljoin(path, href))
        if urlsplit(target).path.startswith("/static/"):
            continue
        (pages if target != path or not fragment else fragments).add(target if target != path or not fragment else fragment)
    return pages, fragments


def crawl(client, start="/"):
    """Follow every link once; return what broke and how many pages there were."""
    seen, queue, wrong = {start}, [start], []
    while queue and len(seen) < MOST:
        path = queue.pop()
        throttle.forget()
        answer = client.get(path)
        if answer.status_code in (301, 302, 303):
            target = urldefrag(urljoin(path, answer.headers["Location"]))[0]
            if target not in seen:
                seen.add(target)
                queue.append(target)
            continue
        if answer.status_code != 200:
            wrong.append((answer.status_code, path))
            continue
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue
        html = answer.content.decode()
        pages, fragments = links_of(path, html)
        ids = set(ID.findall(html))
        wrong += [("no such id", path, fragment) for fragment in sorted(fragments - ids - {"new"})]
        queue += sorted(pages - seen)
        seen |= pages
    return wrong, len(seen)


@pytest.mark.django_db
@pytest.mark.parametrize("who", LOOKERS)
@pytest.mark.slow
def test_every_link_leads_somewhere(world, who):  # noqa: F811 - the fixture of test_routes
    wrong, count = crawl(client_for(world, who))
    signs_in = [item for item in wrong if who == "guest" and item[0] == 401]  # a guest is asked to sign in, kindly
    assert [item for item in wrong if item not in signs_in] == []
    assert count > 40
    assert count < MOST
