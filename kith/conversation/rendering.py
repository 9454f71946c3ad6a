"""The page form of a post: the quote it answers, then its words; made once, at write time."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from kith.conversation.masks import NAMED, shown_name
from kith.conversation.mentions import mark_named, names_in
from kith.conversation.models import Post
from kith.core import text
from kith.core.clock import say_day

SHOWN = ("", "folded")  # states in which a post is drawn; a folded one is opened by a press


def render_post(words: str, quoted: str, quoted_name: str, quoted_number: int, named: Iterable[str] = ()) -> str:
    """Render a post's words, with the words it quotes above them and the names it calls set apart."""
    return quote_html(quoted, quoted_name, quoted_number) + mark_named(text.render(words), named)


def draw_post(post: Post) -> str:
    """Render a post as it reads now, under the name that its source goes by now."""
    source = post.quotes
    quoted = "" if source and source.own_fold else post.quoted  # what its author folded is read where it stands
    number = source.number if source else 0
    return render_post(post.words, quoted, name_of(source), number, names_in(post)) + _later_html(post)


def name_of(post: Post | None) -> str:
    """Return the name that a post stands under on its page."""
    return shown_name(post.author.name, nameless=post.nameless, mask=post.mask) if post else ""


def _later_html(post: Post) -> str:
    """Render how its author sees it now, with the day; the day has its year, since it is drawn once."""
    if not post.later or post.later_on is None:
        return ""
    day = say_day(post.later_on, date.max)
    head = Markup('<p class="later__head"><b>{}</b> <span class="soft">{}</span></p>').format(
        _("How I see it now"), _("Added on %(day)s") % {"day": day}
    )
    return f'<aside class="later">{head}{text.render(post.later)}</aside>'


def quote_html(quoted: str, name: str, number: int) -> str:
    """Render a quote that leads back to its source; empty where nothing is quoted."""
    if not quoted:
        return ""
    cite = Markup('<cite><a href="?post={}#p{}">{}</a></cite>').format(number, number, _("%(name)s wrote") % {"name": name})
    lines = Markup("<br>").join(escape(line) for line in quoted.split("\n") if line.strip())
    return f'<blockquote class="quote">{cite}{lines}</blockquote>'


def drop_quotes_of(post: Post) -> None:
    """Take a post's words out of every post that quotes them: it was taken back, or no longer says so."""
    for quoting in Post.objects.filter(quotes=post).exclude(quoted=""):
        if post.state == "" and quoting.quoted in post.words:
            continue
        quoting.quoted = ""
        quoting.html = draw_post(quoting) if quoting.state in SHOWN else ""
        quoting.save(update_fields=["quoted", "html"])


def redraw_quotes_of(persona: int) -> None:
    """Draw every post that quotes this persona anew: the name above the quote has changed. Where she had none, nothing has."""
    _redraw(Post.objects.filter(quotes__author=persona, quotes__mask=NAMED))


def redraw_quotes_of_post(post: Post) -> None:
    """Draw every post that quotes this one anew: the name it stands under has changed, or its author has folded it."""
    _redraw(Post.objects.filter(quotes=post))


def _redraw(quoting: QuerySet[Post]) -> None:
    found = quoting.filter(state__in=SHOWN).exclude(quoted="").select_related("quotes__author")
    posts = list(found.defer("html", "quotes__words", "quotes__html"))
    for post in posts:
        post.html = draw_post(post)
    Post.objects.bulk_update(posts, ["html"], batch_size=100)
