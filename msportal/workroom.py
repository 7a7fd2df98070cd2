"""The workroom's frame: the admin site, opening with what waits for whom."""

from functools import partial, wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.admin.views.main import SEARCH_VAR
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from editorial import typed
from editorial.errors import EditorialError
from editorial.locking import BUSY
from msportal import start_page
from msportal.posted import is_typed, posted
from msportal.sign_in_forms import OwnPasswordChange, SignInForm
from publication.busy import is_busy
from publication.canonical import NotCanonical

_ORDER = {"therapies": 0, "sources": 1, "editorial": 2, "publication": 3}


SIGNED_OUT = (
    "You are not signed in any more, or may not enter the workroom. Nothing was saved; what you "
    "typed is below. Sign in again, open the page and take over what you need."
)


class Workroom(AdminSite):
    """Django's admin under our name, opening with what waits for whom."""

    site_title = "msportal workroom"
    site_header = "msportal workroom"
    index_title = "Workroom"
    index_template = "admin/workroom_index.html"
    login_form = SignInForm

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

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Every page of the workroom: what is refused is told, never a fault, and nothing that was
        typed is lost.
        """

        @wraps(view)
        def told(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if why := _why_not_asked(request):
                return self._refused(request, why, status=400)
            if not self.has_permission(request):
                return self._refused(request, SIGNED_OUT, status=403)
            try:
                return view(request, *args, **kwargs)
            except (EditorialError, NotCanonical) as problem:
                return self._refused(request, str(problem))
            except OperationalError as problem:
                if not is_busy(problem):
                    raise
                return self._refused(request, BUSY)

        inner = super().admin_view(told, cacheable)

        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            """Who typed and is not signed in any more is told here: the way to the door would lose
            the form.
            """
            typed_it = any(is_typed(name, str(value)) for name, value in request.POST.items())
            lost = typed_it and not self.has_permission(request)
            return (told if lost else inner)(request, *args, **kwargs)

        return asked

    def _refused(self, request: HttpRequest, refusal: str, *, status: int = 409) -> HttpResponse:
        """The page that comes back with everything that was typed, to be sent again."""
        sent = posted(request)
        context = {
            **self.each_context(request),
            "title": "Not written" if request.method == "POST" else "Not understood",
            "subtitle": None,
            "refusal": refusal,
            "posted": sent.fields,
            "typed": sent.typed,
            "to_the_door": not self.has_permission(request),
            "again": request.method == "POST" and status == 409 and sent.whole,
            "files": sent.files,
        }
        return TemplateResponse(request, "admin/refused.html", context, status=status)

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


def _why_not_asked(request: HttpRequest) -> str:
    """Why the query of the address, or the rows that were ticked in a list, cannot be."""
    asked = [(name, values, name == SEARCH_VAR) for name, values in request.GET.lists()]
    reasons = (typed.why_not_asked(name, values, words=words) for name, values, words in asked)
    if why := next(filter(None, reasons), ""):
        return f"The address asks for what cannot be. {why}"
    if "" in (*request.GET.getlist(TO_FIELD_VAR), *request.POST.getlist(TO_FIELD_VAR)):
        return f"The address asks for what cannot be. “{TO_FIELD_VAR}” is empty: leave it out."
    if any(typed.key(row) is None for row in request.POST.getlist(ACTION_CHECKBOX_NAME)):
        return "What was ticked in the list is no row of it. Nothing was done: open the list anew."
    return ""
