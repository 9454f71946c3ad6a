"""PR3: no address and no whole user agent, in whatever form, in any byte of a served folder or of the server's log."""

import base64
import hashlib

import pytest

from tests.trust.visitor import ADDRESS, AGENT, WORDS

pytestmark = pytest.mark.slow


def forms(text):
    """Return the forms in which a text may have been kept: letters, other letters, packed, or a hash that anybody could guess it by."""
    plain = text.encode()
    hashes = [hashlib.new(kind, plain) for kind in ("md5", "sha1", "sha256")]
    return {
        plain, plain.lower(), text.encode("utf-16-le"), text.encode("utf-16-be"), base64.b64encode(plain).rstrip(b"=")[:-1], plain.hex().encode(),
        *(h.digest() for h in hashes), *(h.hexdigest().encode() for h in hashes), *(base64.b64encode(h.digest())[:40] for h in hashes),
    }  # fmt: skip


def holding(site, needles):
    """List the files of the folder, and the log, that hold one of these."""
    files = [path for path in site.data.rglob("*") if path.is_file()] + [site.log]
    return sorted(str(path) for path in files if any(needle in path.read_bytes() for needle in needles))


# Of the agent, every part that could tell one browser from others; that it is a phone is what its owner may see in her list.
@pytest.mark.parametrize("secret", [ADDRESS, AGENT, "CanaryBrowser", "hush-a-bye", "203.0.113."])
def test_is_nowhere(proxied, story, secret):
    assert story.answers
    assert holding(proxied, forms(secret)) == []


def test_the_search_would_find_it(proxied, story):
    assert any("kith.sqlite3" in path for path in holding(proxied, forms(WORDS) | {b"phone"}))


def test_the_log_was_written_and_the_address_did_count(proxied, story):
    """Both are needed for the search to mean anything: the log has lines, and the server took the proxy's word for the address."""
    assert proxied.log.stat().st_size > 0
    here, elsewhere = type(story)(proxied), type(story)(proxied, address="198.51.100.9")
    for _guess in range(11):
        refused = here.post("/account/login/", name="eve 1000", phrase="not this one")[2]
    assert b"many tries from here" in refused
    assert b"many tries from here" not in elsewhere.post("/account/login/", name="eve 1000", phrase="not this one")[2]
