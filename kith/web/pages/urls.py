"""Addresses of pages drawn from several rooms."""

from django.urls import path

from kith.web.pages import all_words, downloading, home, mine, own_notes, place, plain, told

urlpatterns = [
    path("", home.home, name="home"),
    path("g/<code>/", place.place, name="place"),
    path("g/<code>/read/", place.read, name="read"),
    path("g/<code>/charter/<n:number>/read/", place.charter_read, name="charter_read"),
    path("me/words/", mine.words, name="words"),
    path("me/words/withdrawal/", all_words.withdrawal, name="take_back"),
    path("me/words/stopping/", all_words.stopping, name="stop_taking"),
    path("me/words/download/", downloading.download, name="download"),
    path("me/words/found/<token>/", mine.words_found, name="words_found"),
    path("me/words/<code>/<handle>/", mine.words_in, name="words_in"),
    path("me/words/<code>/<handle>/restoration/", all_words.restoration, name="bring_back"),
    path("me/words/<code>/<handle>/stopping/", all_words.stopping_in, name="stop_taking_in"),
    path("me/words/<code>/<handle>/all/", mine.words_there, name="words_there"),
    path("me/words/<code>/<handle>/<n:number>/", mine.word, name="word"),
    path("me/own/", own_notes.own_notes, name="own_notes"),
    path("me/own/new/", own_notes.new_own_note, name="new_own_note"),
    path("me/own/found/<token>/", own_notes.own_notes_found, name="own_notes_found"),
    path("me/own/<key:key>/", own_notes.own_note, name="own_note"),
    path("me/own/<key:key>/keeping/", own_notes.keep_own_note, name="keep_own_note"),
    path("me/own/<key:key>/gone/", own_notes.drop_note, name="drop_own_note"),
    path("me/own/<key:key>/post/", own_notes.own_note_post, name="own_note_post"),
    path("me/notices/", told.notices, name="notices"),
    path("about/", plain.about, name="about"),
    path("privacy/", plain.privacy, name="privacy"),
    path("up", plain.up, name="up"),
]
