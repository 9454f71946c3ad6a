"""Browsers without a browser: Django's client, signed in as somebody."""

from django.http import HttpResponse
from django.test import Client

from kith.core import clock
from kith.groups.viewer import Viewer
from kith.people.actions import open_session
from kith.web import cookies


def client_with(token: str) -> Client:
    """Return a client that carries this session; none where the token is empty."""
    client, response = Client(), HttpResponse()
    if token:
        cookies.write(response, token, own_device=False)
        client.cookies[cookies.name()] = response.cookies[cookies.name()].value
    return client


def session_of(viewer: Viewer) -> str:
    """Open a session for a person just now and return its token; guests have none."""
    return (
        open_session(viewer.person, device="phone", own_device=False, strong=viewer.strong, at=clock.now())
        if viewer.person
        else ""
    )


def client_of(viewer: Viewer) -> Client:
    """Return a client that is signed in as this viewer."""
    return client_with(session_of(viewer))
