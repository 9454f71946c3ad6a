"""Pictures: taken in with the form that they come with, shown back until it is posted, and served by the rule of their post."""

from dataclasses import dataclass, field, replace

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import get_language
from markupsafe import Markup

from kith.conversation import actions, queries
from kith.conversation.limits import MAX_ALT, MAX_PICTURES
from kith.conversation.rows import PictureRow
from kith.conversation.rules import too_many_pictures
from kith.core import clock
from kith.core.errors import Invalid
from kith.core.files import MAX_BYTES, too_large
from kith.core.words import per_language
from kith.groups.rows import Place
from kith.web.jinja import environment_for
from kith.web.page import page
from kith.web.request import Request, reach
from kith.web.throttle import pace
from kith.web.words import alt_words, cut_words


@dataclass(frozen=True, slots=True)
class Chosen:
    """The pictures that stand in a form now, and what is to be put right."""

    rows: list[PictureRow]
    problems: dict[str, str] = field(default_factory=dict)
    alts: list[str] = field(default_factory=list)  # typed beside files that could not be taken

    @property
    def wanted(self) -> list[tuple[str, str]]:
        """List what shall be posted: names, and what they show."""
        return [(row.name, row.alt) for row in self.rows if not row.out]


@reach("reader")
def picture(request: Request, code: str, name: str, width: int) -> HttpResponse:
    """Serve a picture to whoever may read its post; like a page it is not kept, so that leaving leaves nothing behind."""
    data = queries.get_picture(request.viewer, code, name, width)
    return HttpResponse(data, "image/webp", headers={"Content-Disposition": "inline"})


@reach("reader")
def alone(request: Request, code: str, name: str) -> HttpResponse:
    """Show a picture by itself, as large as it is; with the ways out of every page of ours, which a bare file has not."""
    place, row, post = queries.get_picture_page(request.viewer, code, name)
    return page(request, "conversation/picture.html", place=place, row=row, post=post)


def take_in(request: Request, place: Place, where: str, *, post: int = 0, asks: bool) -> Chosen:
    """
    Take in what was chosen, throw away what was ticked, keep what is said of each; return what stands in the form now.

    From here on the form names every picture that was taken in: whatever refuses the rest of it, they come back with the words.
    With `asks` she is asked once what each picture shows; sent again, the form goes through without, for not everybody who has
    something to show can say it in words.

    :raises TooMany: past what people send in a day
    """
    problems: dict[str, str] = {}
    rows = _said(request, place, where, post, problems)
    try:
        alts = _new(request, place, where, rows, problems)
    finally:
        _name(request, rows)
    if asks and not problems:
        asked = request.POST.getlist("asked")
        problems |= {f"alt_{row.name}": alt_words() for row in rows if not (row.alt or row.out or row.name in asked)}
    if problems:
        names = {row.name for row in rows}
        rows += [row for row in queries.list_pictures(place, where, post=post) if row.name not in names]
    return Chosen(rows, problems, alts)


def _said(request: Request, place: Place, where: str, post: int, problems: dict[str, str]) -> list[PictureRow]:
    """Do with the pictures that were there before what the form says."""
    rows, named = [], request.POST.getlist("picture")
    for row in queries.list_pictures(place, where, post=post) if named or post else []:
        if not row.posted and row.name not in named:
            continue  # chosen on another page of hers: nothing is posted that this page does not show
        out = f"out_{row.name}" in request.POST
        if out and not row.posted:
            actions.drop_picture(place, row.name)
            continue
        alt = request.POST.get(f"alt_{row.name}", row.alt)
        if alt != row.alt and not row.posted:
            try:
                actions.describe_picture(place, row.name, alt)
            except Invalid as problem:
                problems[f"alt_{row.name}"] = str(problem)
        rows.append(replace(row, alt=alt, out=out))
    return rows


def _new(request: Request, place: Place, where: str, rows: list[PictureRow], problems: dict[str, str]) -> list[str]:
    """Take in new files, in the order of the form; return what was typed beside those that could not be taken."""
    refused, cut = [], cut_words().get(request.META.get("kith.cut", ""), "")
    for number in range(1, MAX_PICTURES + 1):
        alt = request.POST.get(f"alt_{number}", "").strip()
        file = request.FILES.get(f"file_{number}")
        try:
            if file is not None and cut:
                raise Invalid(picture=too_large() if (file.size or 0) > MAX_BYTES else cut)
            if file is not None:
                rows.append(_one(place, where, rows, file, alt))
                continue
        except Invalid as problem:
            problems["picture"] = str(problem)
        if alt:
            refused.append(alt)
    if cut:
        problems.setdefault("picture", cut)
    return refused


def _one(place: Place, where: str, rows: list[PictureRow], file: "UploadedFile[bytes]", alt: str) -> PictureRow:
    if (file.size or 0) > MAX_BYTES:
        raise Invalid(picture=too_large())
    if sum(not row.out for row in rows) >= MAX_PICTURES:
        raise Invalid(picture=too_many_pictures())
    pace("picture", place.persona)
    return actions.take_picture(place, where, data=file.read(), alt=alt, at=clock.now())


def _name(request: Request, rows: list[PictureRow]) -> None:
    """Write into the form what stands in it now."""
    if not rows and "picture" not in request.POST:
        return
    form = request.POST.copy()
    form.setlist("picture", [row.name for row in rows])
    for row in rows:
        form[f"alt_{row.name}"] = row.alt
    request.POST = form  # type: ignore[assignment] # a copy that can be written, for whatever reads the form after this


def posted(request: Request, place: Place, where: str) -> None:
    """After the post: what was sent twice, or came from another page for the same place, does not wait for the next one."""
    if request.FILES or request.POST.getlist("picture"):
        actions.drop_unposted(place.persona, where=where)


def slots(chosen: Chosen) -> Markup:
    """Draw the places for further pictures; drawn once in each language, but where something typed has to come back."""
    free = MAX_PICTURES - sum(not row.out for row in chosen.rows)
    return _draw_slots(free, chosen.alts) if chosen.alts else _plain_slots()[free]


@per_language
def _plain_slots() -> list[Markup]:
    return [_draw_slots(free, []) for free in range(MAX_PICTURES + 1)]


def _draw_slots(free: int, alts: list[str]) -> Markup:
    macro = environment_for(get_language() or "en").get_template("components/picture_slot.html").module
    if free <= 0:
        return Markup("")
    return macro.picture_slot(1, free, alts, MAX_ALT)  # type: ignore[attr-defined,no-any-return] # a macro returns Markup
