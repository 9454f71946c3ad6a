"""Addresses of talking."""

from django.urls import path

from kith.web.conversation import drafts, hosting, lines, notes, own, pictures, posts, searching, tending, topics

urlpatterns = [
    path("search/", searching.search, name="search"),
    path("search/<token>/", searching.searched, name="searched"),
    path("g/<code>/search/", searching.search_in, name="search_in"),
    path("g/<code>/search/<token>/", searching.searched_in, name="searched_in"),
    path("g/<code>/topics/", topics.list_all, name="topics"),
    path("g/<code>/topics/new/", topics.new, name="new_topic"),
    path("g/<code>/topics/<n:number>/", topics.show, name="topic"),
    path("g/<code>/topics/<n:number>/reply/", topics.reply, name="reply"),
    path("g/<code>/topics/<n:number>/posts/<n:post>/", topics.fragment, name="post_fragment"),
    path("g/<code>/topics/<n:number>/pin/", tending.pin, name="pin"),
    path("g/<code>/topics/<n:number>/closure/", tending.closure, name="closure"),
    path("g/<code>/topics/<n:number>/tags/", tending.sorting, name="sort_topic"),
    path("g/<code>/posts/<n:number>/moving/", tending.move, name="move"),
    path("g/<code>/desk/tags/", tending.tags, name="tags"),
    path("g/<code>/line/", lines.line, name="line"),
    path("g/<code>/line/asking/", lines.asking, name="ask_host"),
    path("g/<code>/pictures/<name>/", pictures.alone, name="picture_alone"),
    path("g/<code>/pictures/<name>/<n:width>.webp", pictures.picture, name="picture"),
    path("g/<code>/drafts/<where>/", drafts.draft, name="draft"),
    path("g/<code>/posts/<n:number>/edit/", posts.edit, name="edit"),
    path("g/<code>/posts/<n:number>/history/", posts.history, name="history"),
    path("g/<code>/posts/<n:number>/mine/", own.mine, name="own_post"),
    path("g/<code>/posts/<n:number>/withdrawal/", own.withdrawal, name="withdrawal"),
    path("g/<code>/posts/<n:number>/later/", own.later, name="later"),
    path("g/<code>/posts/<n:number>/name/", own.shown_name, name="shown_name"),
    path("g/<code>/posts/<n:number>/own-fold/", own.own_fold, name="own_fold"),
    path("g/<code>/posts/<n:number>/restoration/", own.restoration, name="restoration"),
    path("g/<code>/posts/<n:number>/responses/", posts.responses, name="responses"),
    path("g/<code>/posts/<n:number>/note-wish/", notes.note_wish, name="note_wish"),
    path("g/<code>/posts/<n:number>/note/", notes.note, name="note"),
    path("g/<code>/posts/<n:number>/fold/", hosting.fold, name="fold"),
    path("g/<code>/posts/<n:number>/opening/", hosting.opening, name="unfold"),
    path("g/<code>/posts/<n:number>/return/", hosting.giving_back, name="return"),
]
