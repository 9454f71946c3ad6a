"""The box to answer in. For whoever has typed nothing it differs in a few places only, so it is drawn once for each kind of topic."""

import re
from dataclasses import replace
from types import SimpleNamespace

from django.utils.translation import get_language
from markupsafe import Markup, escape

from kith.conversation.rows import DraftRow, TopicPage
from kith.core.markup import trusted
from kith.groups.rows import Place
from kith.web.conversation import pictures
from kith.web.conversation.pictures import Chosen
from kith.web.conversation.pointing import NOTHING
from kith.web.jinja import environment_for
from kith.web.words import wish_words

# What stands in a drawn box until the values of one page take its place: signs that mean nothing.
_CODE, _NUMBER, _TOKEN, _INTENT, _NAME, _FACE, _AUTHOR = "\ue000\ue001\ue002\ue003\ue004\ue005\ue006"
_SIGN = re.compile(f"([{_CODE}-{_AUTHOR}])")
_drawn: dict[tuple[str, bool, bool, bool, str, bool], list[str]] = {}


def empty_box(place: Place, topic: TopicPage, *, token: str, intent: str) -> Markup:
    """Draw the box of a topic for a member who has typed nothing in it; `token` is the form's."""
    language = get_language() or "en"
    key = (language, place.readable, topic.line, topic.mine, topic.wish, bool(topic.author))
    if key not in _drawn:
        _drawn[key] = _SIGN.split(_draw(language, place, topic))
    values = {
        _CODE: place.code, _NUMBER: str(topic.number), _TOKEN: token, _INTENT: intent, _NAME: escape(place.persona_name),
        _FACE: place.avatar, _AUTHOR: escape(topic.author),
    }  # fmt: skip
    return trusted("".join([values.get(piece, piece) for piece in _drawn[key]]))


def _draw(language: str, place: Place, topic: TopicPage) -> str:
    base = f"/g/{_CODE}/"
    return environment_for(language).get_template("conversation/_reply.html").render(
        page=SimpleNamespace(csrf=_TOKEN), base=base, here=f"{base}topics/{_NUMBER}/", intent=_INTENT,
        place=replace(place, persona_name=_NAME, avatar=Markup(_FACE)),  # noqa: S704 - one sign
        topic=replace(topic, number=_NUMBER, author=_AUTHOR if topic.author else ""),  # type: ignore[arg-type] # stands for one
        draft=DraftRow("", "", "", "", "", 0), problems={}, quoted=None, cut="", preview="", pointed=NOTHING, chosen=Chosen([]),
        slots=pictures.slots(Chosen([])), wishes=wish_words(),
    )  # fmt: skip
