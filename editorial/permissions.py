"""Roles: the groups editor, reviewer and administrator, and who may act as what."""

from django.apps import AppConfig
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from editorial.errors import NotAllowed
from editorial.models import User
from editorial.states import Role
from publication.frozen import Frozen

PERMISSION = {
    Role.EDITOR: "editorial.edit_records",
    Role.REVIEWER: "editorial.review_records",
}

GROUPS = ("editor", "reviewer", "administrator")


def has_role(user: User, role: Role) -> bool:
    """True when the person is active and holds the role."""
    return user.is_active and user.has_perm(PERMISSION[role])


def require(user: User, role: Role) -> None:
    """Raise ``NotAllowed`` unless the person holds the role."""
    if not has_role(user, role):
        raise NotAllowed(
            f"{user.display_name} is not an active {role}. An administrator can add "
            f"the account to the group “{role}”."
        )


def still_holds(user: User, role: Role) -> User:
    """The person as the database has them now, locked; ``NotAllowed`` without the role.

    Called inside the transaction once the record is locked: rights that were taken while somebody
    waited are gone. Whoever takes them next waits until this transaction ends.
    """
    now = User.objects.select_for_update(no_key=True).filter(pk=user.pk).first()
    if now is None:
        raise NotAllowed(f"{user.display_name} has no account here.")
    require(now, role)
    return now


def holders(role: Role) -> QuerySet[User]:
    """Everybody who holds the role, by name."""
    rows = User.objects.with_perm(
        PERMISSION[role], backend="django.contrib.auth.backends.ModelBackend"
    )
    return rows.order_by("first_name", "last_name", "pk")


def install_groups(app: AppConfig) -> None:
    """Give the groups their permissions on one app's models; safe to repeat."""
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in GROUPS}
    for model in app.get_models():
        content_type = ContentType.objects.get_for_model(model)
        owned = Permission.objects.filter(content_type=content_type)
        for name in GROUPS:
            wanted = [f"{verb}_{model._meta.model_name}" for verb in _verbs(name, model)]
            groups[name].permissions.add(*owned.filter(codename__in=wanted))
    if app.label == "editorial":
        edit = Permission.objects.get(codename="edit_records")
        review = Permission.objects.get(codename="review_records")
        groups["editor"].permissions.add(edit)
        groups["reviewer"].permissions.add(edit, review)


def _verbs(group: str, model: type[Model]) -> tuple[str, ...]:
    """What a group may do to a model's rows through the admin's own forms.

    A model says so itself in ``editors_may`` and ``administrators_may``. Of the others, what is
    on record may be looked at, and the rest stays closed.
    """
    otherwise = ("view",) if issubclass(model, Frozen) else ()
    wish = "administrators_may" if group == "administrator" else "editors_may"
    found: tuple[str, ...] = getattr(model, wish, otherwise)
    return found
