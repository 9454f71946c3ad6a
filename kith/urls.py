"""The route table."""

from django.urls import include, path

urlpatterns = [path("", include("kith.web.urls"))]
handler400 = "kith.web.errors.too_large"
handler404 = "kith.web.errors.not_found"
handler500 = "kith.web.errors.broken"
