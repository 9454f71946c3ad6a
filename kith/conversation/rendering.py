"""The page form of a post: the quote it answers, its words, its pictures; made once, at write time."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from kith.conversation.masks import NAMED, shown_name
from kith.conversation.mentions import mark_named
from kith.conversation.models import Picture, Post
from kith.core import files, text
from kith.core.clock import say_day

_CITE = '<cite><a href="?post='  # no words make this: in text a bracket is escaped
SHOWN = ("", "folded")  # states in which a post is drawn; a folded one is opened by a press


def render_post(
    words: str, quoted: str, quoted_name: str, quoted_number: int, named: Iterable[str] = (), pictures: str = ""
) -> str:
    """Render a post's words, with the words it quotes above them, the names it calls set apart, and its pictures below."""
    return quote_html(quoted, quoted_name, quoted_number) + mark_named(text.render(words), named) + pictures


def draw_post(post: Post) -> str:
    """Render a post as it reads now, under the name that its source goes by now."""
    source = post.quotes
    quoted = "" if source and source.own_fold else post.quoted  # what its author folded is read where it stands
    pictures = sorted(post.pictures.all(), key=lambda picture: picture.seat)
    drawn = pictures_html(post.group.code, pictures) if pictures else ""
    names = [mention.name for mention in post.mentions.all()] if "@" in post.words else []
    words = render_post(post.words, quoted, name_of(source), source.number if source else 0, names, drawn)
    return words + _later_html(post)


def drawn_elsewhere(post: Post, code: str) -> str:
    """Return a post as its topic shows it, for a page that is not its topic: what it quotes leads there all the same."""
    html = "" if post.state == "withdrawn" else post.html or draw_post(post)
    return html.replace(_CITE, f'<cite><a href="/g/{code}/topics/{post.topic.number}/?post=')


def drawn_from_outside(post: Post) -> str:
    """Return the words of a post for its author where she is not a member any more: pictures and what it quotes stay behind."""
    return text.render(post.words) + _later_html(post)


def name_of(post: Post | None) -> str:
    """Return the name that a post stands under on its page."""
    return shown_name(post.author.name, nameless=post.nameless, mask=post.mask) if post else ""


def pictures_html(code: str, pictures: Iterable[Picture]) -> str:
    """Render pictures, each leading to its largest size; none is fetched before it is near."""
    drawn = "".join(_picture(picture_path(code, picture.name), picture) for picture in pictures)
    return f'<div class="pictures">{drawn}</div>' if drawn else ""


def picture_path(code: str, name: str) -> str:
    """Return the address of a picture, up to its width."""
    return f"/g/{code}/pictures/{name}/"


def _picture(path: str, picture: Picture) -> str:
    widths = files.widths_of(picture.width)
    shown = next((width for width in widths if width >= 960), widths[-1])
    others = ", ".join(f"{path}{width}.webp {width}w" for width in widths)
    alt = picture.alt or _("A picture. Whoever posted it did not say what it shows.")
    sizes = (
        "(min-width: 48rem) 42rem, 90vw" if picture.width > 672 else f"min(90vw, {picture.width}px)"
    )  # a small one never grows
    image = Markup('<img src="{}{}.webp" srcset="{}" sizes="{}" width="{}" height="{}"').format(
        path, shown, others, sizes, picture.width, picture.height
    )
    more = Markup(' loading="lazy" decoding="async" alt="{}">').format(alt)
    return Markup('<figure class="picture"><a href="{}">{}{}</a></figure>').format(path, image, more)


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


def lines_of(words: str) -> str:
    """Return words as quotes are made of them and compared with them: however their lines are indented."""
    return "\n".join(line.strip() for line in words.replace("\r\n", "\n").split("\n")).strip()


def drop_quotes_of(post: Post) -> None:
    """Take a post's words out of every post that quotes them: it was taken back, or no longer says so."""
    said = lines_of(post.words) if post.state == "" else ""
    quoting = _to_draw(Post.objects.filter(quotes=post).exclude(quoted=""))
    gone = [one for one in quoting if lines_of(one.quoted) not in said]
    for one in gone:
        one.quoted = ""
        one.html = draw_post(one) if one.state in SHOWN else ""
    Post.objects.bulk_update(gone, ["quoted", "html"], batch_size=100)


def redraw_quotes_of(persona: int) -> None:
    """Draw every post that quotes this persona anew: the name above the quote has changed. Where she had none, nothing has."""
    redraw(Post.objects.filter(quotes__author=persona, quotes__mask=NAMED).exclude(quoted=""))


def redraw_quotes_of_post(post: Post) -> None:
    """Draw every post that quotes this one anew: the name it stands under has changed, or its author has folded it."""
    redraw(Post.objects.filter(quotes=post).exclude(quoted=""))


def redraw(posts: QuerySet[Post]) -> None:
    """Draw posts anew, those of them that are shown; so many at once cost as many statements as one."""
    drawn = list(_to_draw(posts.filter(state__in=SHOWN)))
    for post in drawn:
        post.html = draw_post(post)
    Post.objects.bulk_update(drawn, ["html"], batch_size=100)


def _to_draw(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Read with posts all that drawing them takes."""
    read = posts.select_related("quotes__author", "group").prefetch_related("pictures", "mentions")
    return read.defer("html", "quotes__words", "quotes__html")
