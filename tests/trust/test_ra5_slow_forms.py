"""RA5: three people who send large pictures very slowly keep nobody else waiting, and half of what they sent becomes no post."""

import re
import socket
import threading
import time

import pytest

from kith.testing.cast import PHRASE
from tests.trust.visitor import ADDRESS, HOST, TOKEN, Visitor

SIZE = 24_000_000  # bytes that each says it will send: together all the room that one process has
HEAD = (
    "POST {path} HTTP/1.1\r\nHost: {host}\r\nX-Forwarded-For: {address}\r\nX-Forwarded-Proto: https\r\nCookie: {cookie}\r\n"
    "Content-Type: multipart/form-data; boundary=edge\r\nContent-Length: {size}\r\n\r\n"
)
BODY = (
    '--edge\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
    '--edge\r\nContent-Disposition: form-data; name="words"\r\n\r\nHalf of a form.\r\n'
    '--edge\r\nContent-Disposition: form-data; name="file_1"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
)


class Slow(threading.Thread):
    """Sends a form with a large picture, a little at a time, until told to hang up."""

    def __init__(self, site, who, path):
        super().__init__(daemon=True)
        token = TOKEN.search(who.get(path.removesuffix("reply/"))[2].decode())[1]
        cookie = "; ".join(f"{name}={value}" for name, value in who.held.items())
        self.line = socket.create_connection(("127.0.0.1", site.port))
        self.line.sendall(HEAD.format(path=path, host=HOST, address=ADDRESS, cookie=cookie, size=SIZE).encode())
        self.line.sendall(BODY.format(token=token).encode())
        self.sent, self.over = 0, threading.Event()

    def run(self):
        while not self.over.wait(0.02):
            self.line.sendall(b"x" * 4096)
            self.sent += 4096
        self.line.close()


@pytest.mark.slow
def test_three_slow_forms_with_pictures_keep_nobody_waiting(proxied):
    topic = f"/g/{(proxied.data / 'group').read_text()}/topics/1/"
    ben, eve = Visitor(proxied), Visitor(proxied, "198.51.100.7")
    for who, name in ((ben, "ben 1000"), (eve, "eve 1000")):
        assert who.post("/account/login/", name=name, phrase=PHRASE, device="shared")[0] == 302
    slow = [Slow(proxied, ben, f"{topic}reply/") for _form in range(3)]
    for one in slow:
        one.start()
    while min(one.sent for one in slow) < 100_000:
        time.sleep(0.02)
    begin = time.monotonic()
    assert eve.get(topic)[0] == 200
    assert eve.post(f"{topic}reply/", topic, words="Words alone.", intent="ra5")[0] == 302
    took = time.monotonic() - begin
    assert all(one.is_alive() for one in slow)  # they are still at it
    assert min(one.sent for one in slow) < SIZE / 4
    for one in slow:
        one.over.set()
        one.join()
    page = eve.get(topic)[2].decode()
    assert "Words alone." in page
    assert "Half of a form." not in page
    assert not re.search("Half of a form", ben.get("/me/words/")[2].decode())
    assert took < 20, took  # a form that waits for room waits for 30 seconds
