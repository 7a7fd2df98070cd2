"""Forms that were sent and come back: every problem named on top, and unsaved after a sign-in."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse

from editorial.errors import Held
from editorial.locking import is_held
from editorial.problems import problems

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    Base = ModelAdmin[Any]
else:
    Base = object


class SentForms(Base):
    """For every admin class with a form."""

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (NotSent, form), {}) if is_held() else form

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Django’s own note says only that there are errors."""
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        context["problems"] = problems(context["adminform"].form, formsets)
        context["errors"] = []
        return super().render_change_form(request, context, *args, **kwargs)


class NotSent:
    """Refuses a form of who was signed out when they sent it."""

    def full_clean(self) -> None:
        form: Any = super()
        form.full_clean()
        if self.is_bound:  # type: ignore[attr-defined]
            self.add_error(None, str(Held()))  # type: ignore[attr-defined]
