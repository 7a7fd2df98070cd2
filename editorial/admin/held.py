"""Forms that come back unsaved to who was signed out when they sent them."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from editorial.errors import Held
from editorial.locking import is_held

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    Base = ModelAdmin[Any]
else:
    Base = object


class ComesBack(Base):
    """For every admin class whose form is sent: what is only shown is refused as a whole."""

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (NotSent, form), {}) if is_held() else form


class NotSent:
    """Refuses a form that would else be saved."""

    def full_clean(self) -> None:
        form: Any = super()
        form.full_clean()
        if self.is_bound:  # type: ignore[attr-defined]
            self.add_error(None, str(Held()))  # type: ignore[attr-defined]
