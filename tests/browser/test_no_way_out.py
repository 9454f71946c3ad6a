"""HE3: the story holds in a network namespace without a route out: nothing is even tried elsewhere."""

import shutil
import subprocess
import sys

import pytest

pytestmark = pytest.mark.browser
# SIOCSIFFLAGS with IFF_UP and IFF_RUNNING (netdevice(7)): the loopback of a new namespace is down.
LOOPBACK_UP = 'import fcntl, socket, struct; fcntl.ioctl(socket.socket(), 0x8914, struct.pack("16sh", b"lo", 65))'


def _may_unshare():
    return (
        shutil.which("unshare") and subprocess.run(["unshare", "-rn", "true"], check=False, capture_output=True).returncode == 0
    )


def test_the_story_without_a_network():
    if not _may_unshare():
        pytest.fail("This test needs user namespaces (unshare -rn), which this machine refuses: run it as root.")
    inner = (
        f"ip link set lo up && exec {sys.executable} -m pytest -q -p no:cacheprovider tests/browser/test_story.py -k with-scripts"
    )
    done = subprocess.run(["unshare", "-rn", "sh", "-c", inner], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    assert "1 passed" in done.stdout
