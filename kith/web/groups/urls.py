"""Addresses of belonging and hosting."""

from django.urls import path

from kith.web.groups import beginning, belonging, desk

urlpatterns = [
    path("groups/new/", beginning.begin, name="begin"),
    path("invitation/<invitation>/", belonging.invitation, name="invitation"),
    path("g/<code>/join/", belonging.join, name="join"),
    path("g/<code>/leave/", belonging.leave, name="leave"),
    path("g/<code>/me/", belonging.me, name="persona"),
    path("g/<code>/willing/", belonging.willing, name="willing"),
    path("g/<code>/mail/", belonging.mail, name="mail"),
    path("g/<code>/members/", belonging.members, name="members"),
    path("g/<code>/charter/", belonging.charter, name="charter"),
    path("g/<code>/charter/<n:number>/", belonging.charter_version, name="charter_version"),
    path("g/<code>/desk/", desk.desk, name="desk"),
    path("g/<code>/desk/group/", beginning.change, name="change"),
    path("g/<code>/desk/waiting/", desk.waiting, name="waiting"),
    path("g/<code>/desk/check/", desk.check, name="ask_check"),
    path("g/<code>/desk/ending/", desk.ending, name="ending"),
    path("g/<code>/desk/asking/<handle>/", desk.answer, name="answer_asking"),
    path("g/<code>/desk/reports/<key:key>/", desk.report, name="answer_report"),
    path("g/<code>/desk/invitations/", desk.invitations, name="invitations"),
]
