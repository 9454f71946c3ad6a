"""A browser without a browser, behind a proxy that speaks https: it keeps cookies, answers forms, and remembers all it was sent."""

import http.client
import re
from http.cookies import SimpleCookie
from urllib.parse import urlencode

HOST = "kin.example"
ADDRESS = "203.0.113.77"
AGENT = "CanaryBrowser/77.4 (Phone; Mobi; hush-a-bye)"
WORDS = "The kettle sang at four in the morning."
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Visitor:
    """Somebody who comes by a proxy, from one address with one browser."""

    def __init__(self, site, address=ADDRESS):
        self.site, self.address = site, address
        self.held, self.set_cookies, self.answers = {}, [], []

    def ask(self, method, path, body=None, **headers):
        """Send one request; return its status, its headers and its bytes."""
        line = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=60)
        sent = {
            "Host": HOST, "X-Forwarded-For": self.address, "X-Forwarded-Proto": "https", "User-Agent": AGENT,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.held.items()), **headers,
        }  # fmt: skip
        line.request(method, path, body, sent)
        answer = line.getresponse()
        said = (
            answer.status,
            answer.headers,
            answer.read() if "event-stream" not in answer.headers.get("Content-Type", "") else b"",
        )
        line.close()
        self.answers.append((method, path, *said[:2]))
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            self.set_cookies.append(cookie)
            self._hold(cookie)
        return said

    def _hold(self, cookie):
        ((name, morsel),) = SimpleCookie(cookie).items()
        if morsel["max-age"] == "0":
            self.held.pop(name, None)
        else:
            self.held[name] = morsel.value

    def get(self, path):
        """Look at a page."""
        return self.ask("GET", path)

    def post(self, path, page="", **fields):
        """Answer a form that stands on `page`, or at its own address."""
        token = TOKEN.search(self.get(page or path)[2].decode())[1]
        body = urlencode({"csrfmiddlewaretoken": token, **fields})
        return self.ask("POST", path, body, **{"Content-Type": "application/x-www-form-urlencoded"})

    def send_picture(self, path, page, picture, **fields):
        """Answer a form with a picture."""
        token = TOKEN.search(self.get(page)[2].decode())[1]
        parts = [
            f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in {"csrfmiddlewaretoken": token, **fields}.items()
        ]
        head = b'--edge\r\nContent-Disposition: form-data; name="file_1"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
        body = b"".join(parts) + head + picture + b"\r\n--edge--\r\n"
        return self.ask("POST", path, body, **{"Content-Type": "multipart/form-data; boundary=edge"})
