"""All addresses of the site."""

from django.contrib import admin
from django.urls import include, path, re_path

from msportal import feeds, pages, sitemaps
from msportal.api import nowhere
from msportal.checking import checking
from msportal.figures import reviewing
from msportal.health import healthz, readyz
from msportal.llms import llms
from therapies.pages.changes import changes

urlpatterns = [
    path("", pages.home, name="home"),
    path("about/", pages.about, name="about"),
    path("about/design/", pages.design, name="design"),
    path("about/log/", checking, name="check-log"),
    path("about/review/", reviewing, name="review"),
    path("about/terms/", pages.terms, name="terms"),
    path("changes/", changes, name="changes"),
    path("changes.atom", feeds.changes_atom, name="changes-atom"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemaps.sitemap_part, name="sitemap-part"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("llms.txt", llms, name="llms"),
    path("api/v1/", include("msportal.api")),
    re_path(r"^api(?P<rest>(?:/[\s\S]*)?)$", nowhere),
    path("", include("therapies.urls")),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("favicon.ico", pages.favicon, name="favicon"),
]

handler400 = "msportal.errors.bad_request"
handler403 = "msportal.errors.permission_denied"
handler404 = "msportal.errors.page_not_found"
handler500 = "msportal.errors.server_error"
