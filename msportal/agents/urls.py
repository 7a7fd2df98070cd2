"""Addresses that requests of this process alone are answered at, beside all of the site."""

from django.urls import path

from msportal import urls
from msportal.agents import asked

urlpatterns = [
    path("agents/state/", asked.state),
    path("agents/search/", asked.search),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
