"""What every test shares: counts forgotten, no mail, the vocabulary where it is asked for."""

import pytest

from kith.web import throttle


@pytest.fixture(autouse=True)
def _forget_counts():
    throttle.forget()
