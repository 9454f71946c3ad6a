"""The demo's door: a route that does not exist otherwise."""

from django.urls import path

from kith.web.demo import views

urlpatterns = [
    path("demo/", views.people, name="demo"),
    path("demo/sign-in/", views.sign_in, name="demo_sign_in"),
]
