"""Who may what: the three roles, and by table the rights of the web and the reading role."""

from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from publication.published import reading_room
from publication.rights import APPEND, DELETE, EDIT, NOTHING, READ

OTHERS = {
    # Installed by a migrate, looked up by the site.
    "auth.Group": READ,
    "auth.Group_permissions": READ,
    "auth.Permission": READ,
    "contenttypes.ContentType": READ,
    "migrations.Migration": READ,
    # People's roles are chosen in their form, single permissions nowhere.
    "editorial.User_groups": EDIT,
    "editorial.User_user_permissions": READ,
    # What was done in the workroom's forms.
    "admin.LogEntry": APPEND,
    "sessions.Session": EDIT,
    # Failed sign-ins; the settings leave the rest of what is counted there switched off.
    "axes.AccessAttempt": EDIT,
    "axes.AccessAttemptExpiration": READ | DELETE,
    "axes.AccessFailureLog": NOTHING,
    "axes.AccessLog": NOTHING,
}
"""Tables that are not ours, or that Django makes for a relation: what the web role may do there."""


@dataclass(frozen=True, slots=True)
class Roles:
    """The names of the three."""

    owner: str
    web: str
    reading: str

    @classmethod
    def named(cls) -> "Roles":
        """As the settings say."""
        return cls(settings.OWNER_ROLE, settings.WEB_ROLE, settings.READ_ROLE)

    @property
    def all(self) -> tuple[str, str, str]:
        return (self.owner, self.web, self.reading)

    @property
    def limited(self) -> tuple[str, str]:
        """Those that own nothing."""
        return (self.web, self.reading)


def models() -> list[type[Model]]:
    """Whatever has a table here."""
    found: list[type[Model]] = [*apps.get_models(include_auto_created=True)]
    return [*found, MigrationRecorder.Migration]


def said(model: type[Model]) -> frozenset[str] | None:
    """What the web role may do with the rows of a model; ``None`` where nobody has said."""
    own: frozenset[str] | None = getattr(model, "web_may", None)
    return OTHERS.get(model._meta.label) if own is None else own


def web_rights() -> dict[str, frozenset[str]]:
    """By table; nothing on one that nobody has spoken for."""
    return {model._meta.db_table: said(model) or NOTHING for model in models()}


def reading_rights() -> dict[str, frozenset[str]]:
    """By table: what readers are answered from, and nothing else."""
    return {model._meta.db_table: READ for model in reading_room()}
