"""Addresses of an account."""

from django.urls import path

from kith.web.people import account, changes, door, exit, factors, filters, looks

urlpatterns = [
    path("account/signup/", door.sign_up, name="sign_up"),
    path("account/codes/", door.codes, name="codes"),
    path("account/login/", door.sign_in, name="sign_in"),
    path("account/logout/", door.sign_out, name="sign_out"),
    path("account/step/", factors.step, name="step"),
    path("account/passkey/", factors.by_passkey, name="by_passkey"),
    path("me/factors/", factors.factors, name="factors"),
    path("me/factors/app/", factors.app, name="factor_app"),
    path("me/factors/passkey/", factors.passkey, name="factor_passkey"),
    path("me/factors/<int:key>/drop/", factors.drop, name="drop_factor"),
    path("account/code/", door.way_in, name="way_in"),
    path("exit/", exit.leave, name="exit"),
    path("display/", account.display, name="display"),
    path("me/", account.me, name="me"),
    path("me/privacy/", account.kept, name="kept"),
    path("me/changes/", changes.changes, name="changes"),
    path("me/changes/<int:key>/", changes.put_back, name="put_back"),
    path("me/looks/", looks.looks, name="looks"),
    path("me/sessions/", account.sessions, name="sessions"),
    path("me/idle/", account.idle, name="idle"),
    path("me/phrase/", account.phrase, name="phrase"),
    path("me/email/", account.email, name="email"),
    path("me/email/<word>/", account.confirm_email, name="confirm_email"),
    path("me/exit/", account.on_exit, name="on_exit"),
    path("me/filters/", filters.filters, name="filters"),
    path("me/own-name/", account.own_name, name="own_name"),
    path("me/codes/", account.new_codes, name="new_codes"),
    path("me/closing/", account.closing, name="closing"),
]
