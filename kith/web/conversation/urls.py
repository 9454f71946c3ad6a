"""Addresses of talking."""

from django.urls import path

from kith.web.conversation import drafts, hosting, posts, topics

urlpatterns = [
    path("g/<code>/topics/", topics.list_all, name="topics"),
    path("g/<code>/topics/new/", topics.new, name="new_topic"),
    path("g/<code>/topics/<int:number>/", topics.show, name="topic"),
    path("g/<code>/topics/<int:number>/reply/", topics.reply, name="reply"),
    path("g/<code>/topics/<int:number>/posts/<int:post>/", topics.fragment, name="post_fragment"),
    path("g/<code>/drafts/<where>/", drafts.draft, name="draft"),
    path("g/<code>/posts/<int:number>/edit/", posts.edit, name="edit"),
    path("g/<code>/posts/<int:number>/history/", posts.history, name="history"),
    path("g/<code>/posts/<int:number>/withdrawal/", posts.withdrawal, name="withdrawal"),
    path("g/<code>/posts/<int:number>/responses/", posts.responses, name="responses"),
    path("g/<code>/posts/<int:number>/fold/", hosting.fold, name="fold"),
    path("g/<code>/posts/<int:number>/opening/", hosting.opening, name="unfold"),
    path("g/<code>/posts/<int:number>/return/", hosting.giving_back, name="return"),
]
