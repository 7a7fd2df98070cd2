"""The workroom's frame: the admin site, opening with what waits for whom."""

from functools import partial
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from msportal import start_page
from msportal.door import Door
from msportal.sign_in_forms import OwnPasswordChange

_ORDER = {"therapies": 0, "sources": 1, "editorial": 2, "publication": 3}


class Workroom(Door):
    """Django's admin under our name, opening with what waits for whom."""

    site_title = "msportal workroom"
    site_header = "msportal workroom"
    index_title = "Workroom"
    index_template = "admin/workroom_index.html"

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """What editors work on first, what is only looked up last."""
        apps = super().get_app_list(request, app_label)
        return sorted(apps, key=lambda app: _ORDER.get(app["app_label"], len(_ORDER)))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        # What registers with this site is there only once the site is.
        from editorial.admin.queue import queue_page
        from editorial.admin.several import several_view

        shown = require_safe(partial(queue_page, self))
        done = require_POST(partial(several_view, self))
        own = [
            path("queue/", self.admin_view(shown), name="queue"),
            path("queue/several/", self.admin_view(done), name="queue_several"),
        ]
        return [*own, *super().get_urls()]

    # Pages of a person who is signed in stay in no cache; Django lets these two.
    password_change_done = method_decorator(never_cache)(AdminSite.password_change_done)

    @method_decorator(never_cache)
    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        view = OwnPasswordChange.as_view(
            success_url=reverse("admin:password_change_done"),
            extra_context={**self.each_context(request), **(extra_context or {})},
        )
        return view(request)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().index(request, {**start_page.context(request), **(extra_context or {})})
