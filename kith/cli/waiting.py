"""Wait for a server to answer."""

import http.client
import time


def wait_until_up(port: int, seconds: float = 30) -> bool:
    """Wait until `/up` answers; say whether it did."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/up")
            if connection.getresponse().status == 200:
                return True
        except OSError:
            time.sleep(0.1)
    return False
