"""The door of the workroom: what is refused is told, and nothing that was typed is lost by it."""

from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.contrib.admin import AdminSite, site
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.admin.views.main import SEARCH_VAR
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

from editorial import typed
from editorial.errors import EditorialError, Held
from editorial.locking import BUSY, held
from editorial.models import User
from msportal import carrying, errors
from msportal.addresses import in_the_workroom
from msportal.carrying import Carried
from msportal.posted import posted
from msportal.sign_in_forms import SignInForm
from publication.busy import is_busy
from publication.canonical import NotCanonical

SIGNED_OUT = (
    "You are not signed in any more, or may not enter the workroom. Nothing was written. Sign in "
    "here: what you typed comes with you, back into the page where you typed it."
)
OPENED_BEFORE = (
    "The page was opened before somebody signed in or out in another window, so nothing was "
    "written. What you typed is here: go on, and you are back in the page with it."
)
GARBLED = "What you typed did not come back whole. Nothing was written."
NOT_YOURS = "{name} may not do this, so nothing was written. Sign in as somebody who may."
NOT_THERE = "The page to which this was sent is not there any more. Nothing was written."


class Door(AdminSite):
    """Django's admin, with refusals in words, and a way back into a form after signing in."""

    login_form = SignInForm

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """``problems`` is what every page says on top, where a form came back."""
        return {**super().each_context(request), "problems": []}

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        response = super().login(request, extra_context)
        if request.method == "POST" and request.user.is_authenticated:
            carrying.remember(response, request.user)
        return response

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Every page of the workroom: what is refused is told, never a fault, and nothing that was
        typed is lost.
        """

        @wraps(view)
        def told(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if why := _why_not_asked(request):
                return self._refused(request, why, status=400)
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
            """Who sent a form and is not signed in any more is asked here: Django's way to the door
            would lose it.
            """
            if carrying.NAME in request.POST:
                return self._at_the_door(request, lambda: told(request, *args, **kwargs))
            if posted(request).fields and not self.has_permission(request):
                return self._door(request, Carried.of(request), files=bool(request.FILES))
            return inner(request, *args, **kwargs)

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
            "again": request.method == "POST" and status == 409 and sent.whole,
            "files": sent.files,
        }
        return TemplateResponse(request, "admin/refused.html", context, status=status)

    # A form that was sent after the session was over

    @method_decorator(sensitive_post_parameters("password"))
    def _at_the_door(self, request: HttpRequest, view: Any) -> HttpResponse:
        """Let in who gives name and password, and show what they had sent, to be sent again."""
        carried = Carried.unpacked(request)
        if carried is None:
            return self._refused(request, GARBLED, status=400)
        tries = "username" in request.POST
        form = SignInForm(request, data=request.POST if tries else None)
        if tries and form.is_valid():
            login(request, form.get_user())
        elif tries or not self.has_permission(request):
            return self._door(request, carried, form=form)
        person = cast(User, request.user)
        carried.put_into(request)
        response = self._shown(request, carried, person, view)
        carrying.remember(response, person)
        add_never_cache_headers(response)
        return response

    def opened_before(self, request: HttpRequest) -> HttpResponse:
        """What a page of ours sent whose token against forgeries is not the present one."""
        if carrying.NAME in request.POST:
            carried = Carried.unpacked(request)
        else:
            carried = Carried(request.get_full_path(), None, posted(request).fields)
        if carried is None:
            return self._refused(request, GARBLED, status=400)
        return self._door(request, carried, refusal=OPENED_BEFORE, files=bool(request.FILES))

    def _shown(
        self, request: HttpRequest, carried: Carried, person: User, view: Any
    ) -> HttpResponse:
        """The page as it answers what was sent, with nothing written.

        Where it would have gone on to another page, a page to send it again stands in its place.
        """
        if whose := carried.whose(person):
            messages.warning(request, whose)
        try:
            with held():
                response: HttpResponse = view()
                if isinstance(response, TemplateResponse):
                    return response.render()
        except PermissionDenied:
            refusal = NOT_YOURS.format(name=person.display_name)
            return self._door(request, carried, refusal=refusal)
        except Http404:
            return self._refused(request, NOT_THERE, status=404)
        list(messages.get_messages(request))  # of what was not done
        if whose:
            messages.warning(request, whose)
        return self._refused(request, str(Held()))

    def _door(
        self,
        request: HttpRequest,
        carried: Carried,
        *,
        form: SignInForm | None = None,
        refusal: str = SIGNED_OUT,
        files: bool = False,
    ) -> HttpResponse:
        """The page where the person signs in with what they typed at hand."""
        packed = carried.packed()
        context = {
            **self.each_context(request),
            "title": "Sign in to go on",
            "subtitle": None,
            "refusal": refusal if packed else carrying.TOO_MUCH,
            "form": form or SignInForm(request),
            "is_in": refusal == OPENED_BEFORE and self.has_permission(request),
            "carried": {"name": carrying.NAME, "value": packed},
            "typed": carried.typed,
            "files": files,
        }
        response = TemplateResponse(request, "admin/door.html", context, status=403)
        add_never_cache_headers(response)
        return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What a page of ours sent comes back, what another site may have sent does not.

    No other site can make a browser say that ours sent it.
    """
    ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if ours and in_the_workroom(request):
        response: Any = cast(Door, site).opened_before(request)
        return cast(HttpResponse, response.render())
    return errors.csrf_failure(request, reason)


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
