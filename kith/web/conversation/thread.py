"""The posts of a topic, drawn as text: the hottest markup of all, twenty times a page (docs/decisions/0003)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from kith.conversation.rows import PostRow
from kith.core import drawing
from kith.core.markup import trusted
from kith.core.words import per_language
from kith.groups.rows import Place
from kith.web.folding import Folding
from kith.web.words import response_words


@dataclass(frozen=True, slots=True)
class _Words:
    """The fixed sentences of a thread, looked up once a page."""

    you: str
    yours: str
    edited: str
    how: str
    edit: str
    back: str
    other: str
    report: str
    wish: str
    fold: str
    give_back: str
    unfold: str
    move: str
    reply: str
    new: str
    gone: str
    returned: str
    given_back: str
    why: str
    note: str
    folded: str
    asked: str
    show: str
    away: str
    own_folded: str
    taken_back: str
    bring_back: str
    more: str
    quiet: dict[str, tuple[str, str]]  # by what was answered without words: the line that opens the choice, and its buttons


@per_language
def _words() -> _Words:
    return _Words(
        you=_("You"), yours=_("Only you see that this is yours."), other=_("Something else"), edited=_("Edited"), how=_("only you can see how"), edit=_("Edit"), back=_("Take it back"),
        report=_("Tell the hosts"), wish=_("I wish this had a note"), fold=_("Fold it"),
        give_back=_("Give it back"), unfold=_("Open it again"), move=_("Move it"), reply=_("Reply"), new=_("New"),
        gone=_("The person who wrote this took it back. That is always allowed."),
        returned=_("A host gave this post back to the person who wrote it."), note=_("Content note:"),
        given_back=_("A host gave this back to you."), why=_("Read why, and your words"),
        folded=_("A host folded this post:"), asked=_("You asked to fold this:"), show=_("Show it"), away=_("Fold it away"),
        own_folded=_("The person who wrote this folded it."), taken_back=_("You took this back."), bring_back=_("Bring it back"),
        more=_("More"), quiet={sent: (_quiet(sent), _buttons(sent)) for sent in ("", *response_words())},
    )  # fmt: skip


def _quiet(sent: str) -> str:
    return _("You sent “%(words)s”") % {"words": response_words()[sent]} if sent else _("Answer without words")


def _buttons(sent: str) -> str:
    return "".join(
        f'<button class="response" name="kind" value="none" aria-pressed="true">{words}</button>'
        if code == sent
        else f'<button class="response" name="kind" value="{code}" aria-pressed="false">{words}</button>'
        for code, words in response_words().items()
    )


def draw_thread(
    posts: Iterable[PostRow], place: Place, hidden: Markup, folding: Folding | None = None, *, closed: bool = False
) -> Markup:
    """
    Draw posts for one reader; `hidden` is the form's token field, `folding` what she wants folded, `closed` that nobody answers here.

    Names, notes and what hosts wrote are escaped here; bodies were cleaned and faces drawn at write time.
    """
    words, path = _words(), f"/g/{place.code}/posts/"
    return trusted("".join(_post(post, place, path, hidden, words, folding, closed) for post in posts))


def _post(p: PostRow, place: Place, path: str, hidden: Markup, w: _Words, folding: Folding | None, closed: bool) -> str:
    n = p.number
    if p.state in ("withdrawn", "returned"):
        return _gone(p, path, w)
    name = escape(p.name)
    looks = " post--mine" if p.mine else " post--new" if p.new else ""
    marks = (
        (f' <span class="badge">{w.you}</span>' if p.mine else "")
        + (f' <span class="badge badge--line">{p.role}</span>' if p.role else "")
        + (f'<span class="sr-only"> ({w.new})</span>' if p.new else "")
    )
    edited = ""
    if p.edited:
        own = f', <a href="{path}{n}/history/">{w.how}</a>' if p.mine else ""
        edited = f"<span>{w.edited}{own}</span>"
    if p.mine and p.avatar == drawing.avatar("nameless"):
        edited += f"<span>{w.yours}</span>"
    foot = _own_foot(p, path, w) if p.mine else _foot(p, name, path, hidden, w, closed) if place.persona else ""
    return (
        f'<article class="post{looks}" id="p{n}" aria-labelledby="h{n}"><header class="post__head">{p.avatar}'
        f'<div class="post__who"><h2 class="post__name" id="h{n}">{name}{marks}</h2>'
        f'<span class="meta"><a href="#p{n}">{p.when}</a>{edited}</span></div></header>'
        f'<div class="post__body">{_body(p, w, folding)}</div>{foot}</article>\n'
    )


def _gone(p: PostRow, path: str, w: _Words) -> str:
    """Draw a line in place of a post, or none where its author wanted none; she alone is led to where she can bring it back."""
    n, line = p.number, w.returned if p.state == "returned" else w.gone
    if p.mine and p.state == "returned":
        line = f'{w.given_back} <a class="link-touch" href="{path}{n}/mine/">{w.why}</a>'
    elif p.mine and p.kept:
        line = f'{w.taken_back} <a class="link-touch" href="{path}{n}/mine/">{w.bring_back}</a>'
    elif p.unseen:
        return ""
    return f'<p class="post post--gone" id="p{n}">{line}</p>\n'


def _body(p: PostRow, w: _Words, folding: Folding | None) -> str:
    asked = folding.of_post(p) if folding else ""
    return _covered(w.asked, asked, _noted(p, w), w) if asked else _noted(p, w)


def _noted(p: PostRow, w: _Words) -> str:
    if p.state == "folded":
        return _covered(w.folded, p.host_note, p.html, w)
    if p.own_fold:
        return _covered(w.own_folded, p.note, p.html, w)
    if p.note:
        return _covered(w.note, p.note, p.html, w)
    return p.html


def _covered(why: str, note: str, html: str, w: _Words) -> str:
    return (
        f'<details class="content-note"><summary><span><b>{why}</b> {escape(note)}</span>'
        f'<span class="content-note__show">{w.show}</span><span class="content-note__fold">{w.away}</span></summary><div>{html}</div></details>'
    )


def _own_foot(p: PostRow, path: str, w: _Words) -> str:
    heard = f'<p class="heard">{escape(p.heard)}</p>' if p.heard else ""
    return (
        f'<div class="post__foot">{heard}<a class="button button--small" href="{path}{p.number}/edit/">{w.edit}</a>'
        f'<a class="button button--small button--plain" href="{path}{p.number}/withdrawal/">{w.back}</a>'
        f'<a class="button button--small button--plain" href="{path}{p.number}/mine/">{w.more}<span class="sr-only">: {p.when}</span></a></div>'
    )


def _foot(p: PostRow, name: Markup, path: str, hidden: Markup, w: _Words, closed: bool) -> str:
    n, whose = p.number, f'<span class="sr-only">: {name}</span>'
    summary, buttons = w.quiet[p.response]
    reply = "" if closed else f'<a class="button button--small button--plain push-end" href="{_answer(p)}">{w.reply}{whose}</a>'
    return (
        f'<div class="post__foot post__foot--quiet"><details class="fold quiet"><summary>{summary}{whose}</summary>'
        f'<form class="responses" method="post" action="{path}{n}/responses/">{hidden}{buttons}</form></details>{reply}'
        f'<details class="fold quiet"><summary>{w.other}{whose}</summary><p class="row row--tight">'
        f'<a class="link-touch" href="{path}{n}/report/">{w.report}{whose}</a>{_wish(p, path, w)}{_hosting(p, path, w)}</p></details>'
        f"{_unfold(p, path, hidden, w)}</div>"
    )


def _answer(p: PostRow) -> str:
    """Lead to the box with this post's words in it; what a host folded is answered, not quoted."""
    return "#write" if p.state == "folded" or p.own_fold else f"?quote={p.number}&amp;post={p.number}#write"


def _wish(p: PostRow, path: str, w: _Words) -> str:
    if p.note or p.own_fold or p.state == "folded":
        return ""
    return f'<a class="link-touch" href="{path}{p.number}/note-wish/">{w.wish}</a>'


def _hosting(p: PostRow, path: str, w: _Words) -> str:
    if not p.hostable:
        return ""
    fold = "" if p.state == "folded" else f'<a class="link-touch" href="{path}{p.number}/fold/">{w.fold}</a>'
    back = f'<a class="link-touch" href="{path}{p.number}/return/">{w.give_back}</a>'
    move = f'<a class="link-touch" href="{path}{p.number}/moving/">{w.move}</a>'
    return f"{fold}{back}{move}"


def _unfold(p: PostRow, path: str, hidden: Markup, w: _Words) -> str:
    if not p.hostable or p.state != "folded":
        return ""
    return f'<form method="post" action="{path}{p.number}/opening/">{hidden}<button class="button button--small">{w.unfold}</button></form>'
