"""Accounts: made and deactivated by administrators, deleted by nobody."""

import pytest
from django.urls import reverse

from editorial.models import User
from tests.workroom import page, signed_in, staff, superuser

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough passphrase"


def new_account() -> dict[str, object]:
    from django.contrib.auth.models import Group

    return {
        "username": "nina",
        "first_name": "Nina",
        "last_name": "Reyes",
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "groups": [Group.objects.get(name="editor").pk],
    }


def test_new_account_can_sign_in_and_edit() -> None:
    client = signed_in(staff("administrator"))
    assert client.post(reverse("admin:editorial_user_add"), new_account()).status_code == 302
    made = User.objects.get(username="nina")
    assert (made.is_staff, made.is_superuser, made.demonstration) == (True, False, False)
    assert [group.name for group in made.groups.all()] == ["editor"]
    visitor = signed_in(made)
    assert visitor.get(reverse("admin:therapies_therapy_add")).status_code == 200


def test_account_is_deactivated_not_deleted() -> None:
    client, other = signed_in(staff("administrator")), staff("editor")
    assert client.post(page(other, "delete"), {"post": "yes"}).status_code == 403
    fields = {"username": other.username, "first_name": "Emil", "groups": []}
    assert client.post(page(other, "change"), fields).status_code == 302
    other.refresh_from_db()
    assert (other.is_active, other.first_name) == (False, "Emil")


def test_administrator_cannot_give_powers_beyond_the_groups() -> None:
    administrator = staff("administrator")
    fields = {
        "username": administrator.username,
        "is_active": "on",
        "is_superuser": "on",
        "demonstration": "on",
        "groups": [group.pk for group in administrator.groups.all()],
    }
    answer = signed_in(administrator).post(page(administrator, "change"), fields)
    administrator.refresh_from_db()
    assert answer.status_code == 302
    assert (administrator.is_superuser, administrator.demonstration) == (False, False)


def test_administrator_cannot_take_over_a_superuser() -> None:
    client, root = signed_in(staff("administrator")), superuser()
    password = reverse("admin:auth_user_password_change", args=[root.pk])
    posted = {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(password, posted).status_code == 403
    assert client.post(page(root, "change"), {"username": "mine"}).status_code == 403


@pytest.mark.parametrize("role", ["editor", "reviewer"])
def test_others_do_not_manage_accounts(role: str) -> None:
    client, other = signed_in(staff(role)), staff("editor")
    assert client.post(reverse("admin:editorial_user_add"), new_account()).status_code == 403
    assert client.post(page(other, "change"), {"username": "x"}).status_code == 403


@pytest.mark.parametrize(
    "name",
    [
        "publication_entry",
        "publication_contribution",
        "editorial_reviewevent",
        "editorial_judgement",
    ],
)
def test_what_is_on_record_has_no_form(name: str) -> None:
    client = signed_in(superuser())
    assert client.get(reverse(f"admin:{name}_changelist")).status_code == 200
    assert client.get(reverse(f"admin:{name}_add")).status_code == 403


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("Ni\u200bna", "Reyes", "U+200B ZERO WIDTH SPACE is not seen"),
        ("Nina", "Rey\u202ees", "turns the order"),
        ("Nina", "Rеyes", "CYRILLIC SMALL LETTER IE"),
        ("x" * 150, "y" * 150, "Both names have 300 characters at most"),
    ],
)
def test_name_that_readers_could_not_see_is_refused(first: str, last: str, shown: str) -> None:
    client = signed_in(staff("administrator"))
    posted = {**new_account(), "first_name": first, "last_name": last}
    answer = client.post(reverse("admin:editorial_user_add"), posted)
    assert shown in answer.content.decode()
    assert not User.objects.filter(username="nina").exists()


@pytest.mark.parametrize("group", ["1" + "0" * 20, "²", "\0", "-1", "9" * 5_000])
def test_group_that_there_cannot_be_is_none_of_the_choices(group: str) -> None:
    fields = {**new_account(), "groups": [group]}
    answer = signed_in(superuser()).post(reverse("admin:editorial_user_add"), fields)
    assert answer.status_code == 200
    assert "is none of the choices." in answer.content.decode()
    assert not User.objects.filter(username="nina").exists()
