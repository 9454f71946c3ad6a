"""Addresses of pages drawn from several rooms."""

from django.urls import path

from kith.web.pages import all_words, downloading, home, mine, place, plain, told

urlpatterns = [
    path("", home.home, name="home"),
    path("g/<code>/", place.place, name="place"),
    path("g/<code>/read/", place.read, name="read"),
    path("me/words/", mine.words, name="words"),
    path("me/words/withdrawal/", all_words.withdrawal, name="take_back"),
    path("me/words/download/", downloading.download, name="download"),
    path("me/words/found/<token>/", mine.words_found, name="words_found"),
    path("me/words/<code>/<handle>/", mine.words_in, name="words_in"),
    path("me/words/<code>/<handle>/restoration/", all_words.restoration, name="bring_back"),
    path("me/words/<code>/<handle>/all/", mine.words_there, name="words_there"),
    path("me/words/<code>/<handle>/<n:number>/", mine.word, name="word"),
    path("me/notices/", told.notices, name="notices"),
    path("about/", plain.about, name="about"),
    path("privacy/", plain.privacy, name="privacy"),
    path("up", plain.up, name="up"),
]
