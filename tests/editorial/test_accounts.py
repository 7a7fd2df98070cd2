"""Changes of accounts: on record, one at a time, and never without an administrator left."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from editorial import accounts, verify
from editorial.errors import NotAllowed
from editorial.models import ReviewEvent, User
from publication.verify import unwatched
from tests.html import texts
from tests.workroom import page, signed_in, staff, superuser

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough passphrase"


def save(client: Client, person: User, *roles: str, active: bool = True, **fields: str) -> Any:
    posted = {
        "username": person.username,
        "first_name": person.first_name,
        **({"is_active": "on"} if active else {}),
        "groups": list(Group.objects.filter(name__in=roles).values_list("pk", flat=True)),
        **fields,
    }
    return client.post(page(person, "change"), posted)


def set_password(client: Client, person: User, button: str = "set-password", **fields: str) -> Any:
    address = reverse("admin:auth_user_password_change", args=[person.pk])
    given = {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    return client.post(address, {**given, **fields, button: "1"})


def without(client: Client, person: User) -> Any:
    none = {"usable_password": "false", "password1": "", "password2": ""}
    return set_password(client, person, "unset-password", **none)


def on_record(person: User) -> list[tuple[str, str]]:
    rows = ReviewEvent.objects.filter(record_type="person", public_id=str(person.pk))
    return list(rows.order_by("pk").values_list("action", "note"))


def test_change_of_roles_is_on_record_with_who_and_what() -> None:
    administrator, other = staff("administrator", "Ada Admin"), staff("reviewer")
    assert save(signed_in(administrator), other, "editor").status_code == 302
    (event,) = ReviewEvent.objects.all()
    assert (event.action, event.note) == ("roles", "editor added; reviewer removed")
    assert (event.record_type, event.public_id, event.version) == ("person", str(other.pk), 0)
    assert (event.actor_id, event.actor_name) == (administrator.pk, "Ada Admin")
    shown = signed_in(administrator).get(page(other, "change"))
    assert texts(shown, "table", "ledger")[0].endswith("editor added; reviewer removed Ada Admin")


def test_every_power_is_on_record() -> None:
    root, other = signed_in(superuser()), staff("editor")
    powers = {"is_staff": "on", "is_superuser": "on"}
    save(root, other, "editor", "reviewer", **powers)
    save(root, other, "editor", active=False)
    save(root, other, "editor")
    assert on_record(other) == [
        ("roles", "reviewer added; superuser status added"),
        ("deactivate", "set inactive"),
        ("roles", "reviewer removed; staff status removed; superuser status removed"),
        ("activate", "set active"),
    ]


def test_own_roles_are_on_record_too() -> None:
    administrator = staff("administrator")
    save(signed_in(administrator), administrator, "administrator", "reviewer")
    assert on_record(administrator) == [("roles", "reviewer added")]


def test_who_changes_nothing_leaves_no_event() -> None:
    client, other = signed_in(staff("administrator")), staff("editor")
    assert save(client, other, "editor").status_code == 302
    assert save(client, other, "editor", email="e@e.org").status_code == 302
    assert save(client, other, "editor", username="").status_code == 200
    assert set_password(client, other, password2="another").status_code == 200
    assert on_record(other) == []
    assert "Nothing was changed" in client.get(page(other, "change")).content.decode()


def test_change_of_a_name_that_readers_see_is_on_record() -> None:
    client, other = signed_in(staff("administrator")), staff("editor", "Emil Editor")
    names = {"first_name": "Emilia", "last_name": "Editor"}
    assert save(client, other, "editor", **names).status_code == 302
    assert [event.note for event in accounts.events(other)] == [
        "“Emil Editor” is “Emilia Editor” now"
    ]


def test_new_account_is_on_record() -> None:
    client = signed_in(staff("administrator"))
    posted = {
        "username": "nina",
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "groups": [group.pk for group in Group.objects.filter(name__in=["editor", "reviewer"])],
    }
    client.post(reverse("admin:editorial_user_add"), posted)
    nina = User.objects.get(username="nina")
    assert on_record(nina) == [("made", "account made: editor, reviewer, staff status")]
    assert client.get(reverse("admin:editorial_user_add")).status_code == 200


def test_password_set_and_taken_away_is_on_record() -> None:
    client, other = signed_in(staff("administrator")), staff("editor")
    assert set_password(client, other).status_code == 302
    assert without(client, other).status_code == 302
    assert on_record(other) == [
        ("password", "new password set"),
        ("password", "password taken away"),
    ]
    other.refresh_from_db()
    assert not other.has_usable_password()


def test_verify_has_nothing_to_say_of_accounts() -> None:
    save(signed_in(staff("administrator")), staff("editor"), "reviewer", active=False)
    assert ReviewEvent.objects.count() == 2
    assert list(verify.records(unwatched)) == []


def test_event_is_undone_with_its_change() -> None:
    other, administrator = staff("editor"), staff("administrator")

    def broken() -> None:
        with accounts.recorded(other, by=administrator):
            User.objects.filter(pk=other.pk).update(is_active=False)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert User.objects.get(pk=other.pk).is_active
    assert on_record(other) == []


# Somebody stays who can administer accounts.


@pytest.mark.parametrize(
    ("roles", "active"), [((), True), (("editor", "reviewer"), True), (("administrator",), False)]
)
def test_last_administrator_cannot_lock_out_all(roles: tuple[str, ...], *, active: bool) -> None:
    administrator = staff("administrator")
    staff("administrator", "Gone").groups.clear()
    User.objects.filter(pk=staff("administrator").pk).update(is_active=False)
    User.objects.filter(pk=staff("administrator").pk).update(is_staff=False)
    client = signed_in(administrator)
    answer = save(client, administrator, *roles, active=active, first_name="Kept")
    assert answer.status_code == 200
    assert accounts.LAST in answer.content.decode().replace("&#x27;", "'")
    administrator.refresh_from_db()
    assert administrator.is_active
    assert administrator.first_name != "Kept"
    assert [g.name for g in administrator.groups.all()] == ["administrator"]
    assert on_record(administrator) == []
    staff("administrator")
    assert save(client, administrator, *roles, active=active).status_code == 302


def test_last_superuser_cannot_lock_out_all() -> None:
    root = superuser()
    root.groups.clear()
    client = signed_in(root)
    assert save(client, root, is_superuser="on").status_code == 200  # no staff status
    assert save(client, root, is_staff="on").status_code == 200
    assert save(client, root, "administrator", is_staff="on").status_code == 302
    root.refresh_from_db()
    assert (root.is_staff, root.is_superuser) == (True, False)


def test_last_administrator_who_can_come_in_keeps_a_password() -> None:
    administrator, other = staff("administrator"), staff("administrator")
    client = signed_in(administrator)
    set_password(client, administrator)
    client = signed_in(User.objects.get(pk=administrator.pk))
    answer = without(client, administrator)
    assert answer.status_code == 200
    assert accounts.LAST in answer.content.decode()
    set_password(client, other)
    assert without(client, administrator).status_code == 302


# Rights are those of the moment at which the change is made.


@pytest.mark.parametrize("loss", ["is_active", "is_staff", "group"])
def test_rights_are_read_again_under_the_lock(monkeypatch: pytest.MonkeyPatch, loss: str) -> None:
    """What somebody else does between the look at the session and the lock."""
    administrator, other = staff("administrator"), staff("editor")
    staff("administrator")
    client, changing = signed_in(administrator), accounts.changing

    def late(**who: Any) -> Any:
        if loss == "group":
            administrator.groups.clear()
        else:
            User.objects.filter(pk=administrator.pk).update(**{loss: False})
        return changing(**who)

    monkeypatch.setattr(accounts, "changing", late)
    assert save(client, other, "reviewer").status_code == 403
    User.objects.filter(pk=administrator.pk).update(is_active=True, is_staff=True)
    administrator.groups.set(Group.objects.filter(name="administrator"))
    assert set_password(client, other).status_code == 403
    assert on_record(other) == []
    assert not User.objects.get(pk=other.pk).has_usable_password()


def test_superuser_made_meanwhile_is_not_taken_over() -> None:
    """The right to change this person is asked under the lock as well."""
    administrator, other = staff("administrator"), staff("editor")
    with accounts.changing(by=administrator, person=other) as present:
        assert present == administrator
    other.is_superuser = True
    other.save()
    assert save(signed_in(administrator), other).status_code == 403


def test_editor_changes_no_account() -> None:
    with (
        pytest.raises(NotAllowed, match="may not administer accounts any more"),
        accounts.changing(by=staff("editor"), person=None),
    ):
        pytest.fail("it was let in")


@pytest.mark.parametrize("key", ["0", "abc", "99999999999999999999999", "_00"])
def test_account_that_is_none_is_not_found(key: str) -> None:
    client = signed_in(staff("administrator"))
    assert client.post(f"/admin/editorial/user/{key}/change/", {}).status_code == 302
    assert client.post(f"/admin/editorial/user/{key}/password/", {}).status_code == 404
