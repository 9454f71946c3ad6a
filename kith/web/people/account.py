"""What a person can see and change about her account."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.core import clock
from kith.core.errors import Invalid, Refused
from kith.core.words import per_language
from kith.groups.actions import close_account
from kith.groups.queries import list_own_groups
from kith.groups.viewer import GUEST
from kith.people import actions, queries
from kith.people.rows import NewAccount
from kith.web import cookies
from kith.web.page import asked_look, keep_look, page
from kith.web.people.codes import keep_codes
from kith.web.request import Request, reach
from kith.web.typed import is_on, number_of


def _me(request: Request) -> int:
    return request.viewer.person or 0


@reach("person")
def me(request: Request) -> HttpResponse:
    """Lead to what is mine."""
    return HttpResponseRedirect(reverse("words"))


@reach("person")
def kept(request: Request) -> HttpResponse:
    """Show what is kept about me, and the ways to change it."""
    return _kept(request)


def _kept(request: Request, *, part: str = "", problems: dict[str, str] | None = None) -> HttpResponse:
    account = queries.get_account(_me(request))
    return page(
        request, "people/kept.html", status=422 if problems else 200, account=account, part=part, own_name=request.POST.get("own_name") or queries.get_filters(_me(request)).own_name, problems=problems or {},
        since=f"{clock.months()[account.joined_month.month - 1]} {account.joined_month.year}",
    )  # fmt: skip


@reach("person", "POST")
def on_exit(request: Request) -> HttpResponse:
    """Choose what the exit button takes along."""
    actions.set_exit(_me(request), drops_drafts=is_on(request, "drafts"))
    return HttpResponseRedirect(reverse("kept") + "#exit")


@reach("person", "GET", "POST")
def phrase(request: Request) -> HttpResponse:
    """Set a new pass-phrase."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("kept"))
    try:
        old, new = request.POST.get("phrase", ""), request.POST.get("new", "")
        actions.change_phrase(
            _me(request), phrase=old, new=new, stay=request.signed_in.token if request.signed_in else "", at=clock.now()
        )
    except Invalid as problem:
        return _kept(request, part="phrase", problems={"new": next(iter(problem.problems.values()))})
    except Refused as refused:
        return _kept(request, part="phrase", problems={"phrase": str(refused)})
    return HttpResponseRedirect(reverse("kept") + "?done=phrase")


@reach("person", "GET", "POST")
def email(request: Request) -> HttpResponse:
    """Give, change or remove the email address."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("kept"))
    try:
        actions.set_email(
            _me(request), email=request.POST.get("email", "").strip(), phrase=request.POST.get("phrase", ""), at=clock.now()
        )
    except Invalid as problem:
        return _kept(request, part="email", problems=problem.problems)
    except Refused as refused:
        return _kept(request, part="email", problems={"email_phrase": str(refused)})
    return HttpResponseRedirect(reverse("kept") + "?done=email")


@reach("person", "GET", "POST")
def confirm_email(request: Request, word: str) -> HttpResponse:
    """Confirm the address with the link that was sent to it, once; a look at the link alone does nothing."""
    address, waits = queries.email_to_confirm(_me(request))
    right = waits != "" and waits == word
    if request.method == "POST" and right:
        actions.confirm_email(_me(request), word, at=clock.now())
        return HttpResponseRedirect(reverse("kept") + "?done=confirmed")
    status = 422 if request.method == "POST" else 200
    return page(request, "people/confirm_email.html", status=status, address=address if right else "")


@reach("person", "GET", "POST")
def own_name(request: Request) -> HttpResponse:
    """Give the name that one wants to be warned of, change it, or take it away."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("kept"))
    try:
        actions.set_own_name(_me(request), name=request.POST.get("own_name", ""))
    except Invalid as problem:
        return _kept(request, part="own_name", problems=problem.problems)
    return HttpResponseRedirect(reverse("kept") + "?done=own_name")


@reach("person", "GET", "POST")
def new_codes(request: Request) -> HttpResponse:
    """Make ten new codes; the old ones end."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("kept"))
    try:
        codes = actions.renew_codes(_me(request), phrase=request.POST.get("phrase", ""), at=clock.now())
    except Refused as refused:
        return _kept(request, part="codes", problems={"codes_phrase": str(refused)})
    response = HttpResponseRedirect(reverse("codes") + "?next=" + reverse("kept"))
    keep_codes(response, NewAccount(_me(request), queries.get_account(_me(request)).sign_in_name, codes))
    return response


@reach("person", "GET", "POST")
def sessions(request: Request) -> HttpResponse:
    """Show where I am signed in; end one device or all others."""
    this = request.signed_in.token if request.signed_in else ""
    if request.method == "POST":
        actions.end_other_sessions(_me(request), keep=this, start=request.POST.get("device", "")[:16])
        return HttpResponseRedirect(reverse("sessions"))
    today = clock.now().date()
    devices = [(row, clock.say_day(row.day, today)) for row in queries.list_devices(_me(request), this)]
    account = queries.get_account(_me(request))
    return page(request, "people/sessions.html", devices=devices, idle=account.idle, idles=idle_words())


@per_language
def idle_words() -> dict[int, str]:
    """Name the times of doing nothing that can be chosen."""
    return {
        0: _("As usual: two hours where others use the device too, 30 days on your own"), 15: _("15 minutes"), 60: _("An hour"),
        1440: _("A day, on your own device"),
    }  # fmt: skip


@reach("person", "POST")
def idle(request: Request) -> HttpResponse:
    """Choose after how long doing nothing I am signed out."""
    actions.set_idle(_me(request), minutes=number_of(request, "minutes"))
    return HttpResponseRedirect(reverse("sessions") + "?done=idle")


@reach("person", "GET", "POST")
def closing(request: Request) -> HttpResponse:
    """Close the account: group by group within three days, or now after reading what that shows."""
    groups = list_own_groups(request.viewer)
    problems: dict[str, str] = {}
    choice, now = request.POST.get("words", ""), request.POST.get("when") == "now"
    if request.method == "POST" and choice in ("keep", "nameless", "withdraw"):
        try:
            receipt = close_account(_me(request), phrase=request.POST.get("phrase", ""), words=choice, now=now, at=clock.now())
            request.signed_in, request.viewer = None, GUEST
            response = page(
                request, "people/closed.html", receipt=receipt
            )  # no cookie could carry it: the browser is told to wipe them
            cookies.clear(response)
            return response
        except Refused as refused:
            problems = {"phrase": str(refused)}
    elif request.method == "POST":
        problems = {"words": _("Choose what happens to your words.")}
    return page(request, "people/closing.html", status=422 if problems else 200, groups=groups, problems=problems)


@reach("anyone", "GET", "POST")
def display(request: Request) -> HttpResponse:
    """Choose light or dark, larger text, stronger contrast, and whether tabs and history say nothing."""
    if request.method != "POST":
        me = request.signed_in
        return page(request, "people/display.html", discreet=me.discreet if me else asked_look(request)[1])
    theme, size, contrast = (request.POST.get(name, "") for name in ("theme", "text", "contrast"))
    discreet = is_on(request, "discreet")
    response = HttpResponseRedirect(reverse("display"))
    if request.signed_in:
        language = request.signed_in.language
        actions.set_display(_me(request), theme=theme, text_size=size, contrast=contrast, language=language, discreet=discreet)
    keep_look(response, "" if request.signed_in else theme, discreet=discreet)
    return response
