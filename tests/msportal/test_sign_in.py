"""Who guesses passwords has to wait, and learns nothing from how."""

import http.client
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth import authenticate, hashers
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory

from editorial.models import ReviewEvent, User
from msportal.reading_room import BeyondTheReadingRoom, _refuse
from msportal.sign_in import address
from tests.html import texts
from tests.servers import Site
from tests.workroom import signed_in, staff

pytestmark = pytest.mark.django_db

DOOR = "/admin/login/"
OWN = "/admin/password_change/"
RIGHT = "a long enough passphrase"
LIMIT = 10


@pytest.fixture
def ann() -> User:
    return with_password(staff("editor"), "ann")


def with_password(user: User, name: str, **fields: Any) -> User:
    user.username = name
    for field, value in fields.items():
        setattr(user, field, value)
    user.set_password(RIGHT)
    user.save()
    return user


def ask(name: str, password: str = "wrong", *, peer: str = "192.0.2.1", **headers: str) -> Any:
    """One try by a visitor who keeps no cookies."""
    posted = {"username": name, "password": password}
    return Client(REMOTE_ADDR=peer).post(DOOR, posted, **headers)


def guess(times: int, name: str, **more: Any) -> list[int]:
    return [ask(name, **more).status_code for _ in range(times)]


@pytest.mark.parametrize("name", ["ann", "nobody"])
def test_guesser_is_stopped_and_keeps_nobody_else_out(ann: User, name: str) -> None:
    found = guess(40, name)
    assert found == [200] * (LIMIT - 1) + [429] * (40 - LIMIT + 1)
    assert ask(name, RIGHT).status_code == 429
    # Neither colleagues at the same address nor the same person elsewhere.
    with_password(staff("editor"), "bea")
    assert ask("bea", RIGHT).status_code == 302
    assert ask("ann", RIGHT, peer="198.51.100.9").status_code == 302


@pytest.fixture
def few(settings: Any) -> int:
    """Fewer tries, so that ten times as many are made in no time."""
    settings.AXES_FAILURE_LIMIT = 2
    return 10 * 2


@pytest.mark.parametrize("name", ["ann", "nobody"])
def test_guesser_of_one_name_is_stopped_wherever_from(ann: User, few: int, name: str) -> None:
    found = [ask(name, peer=f"192.0.2.{n}").status_code for n in range(40)]
    assert found == [200] * (few - 1) + [429] * (40 - few + 1)
    assert ask(name, RIGHT, peer="198.51.100.9").status_code == 429
    assert ask("another", peer="198.51.100.9").status_code == 200


def test_guesser_from_one_address_is_stopped_whatever_the_names(ann: User, few: int) -> None:
    found = [ask(f"name{n}").status_code for n in range(40)]
    assert found == [200] * (few - 1) + [429] * (40 - few + 1)
    assert ask("ann", RIGHT).status_code == 429
    assert ask("ann", RIGHT, peer="192.0.2.2").status_code == 302


def test_address_that_a_visitor_makes_up_counts_for_nothing(ann: User) -> None:
    found = []
    for n in range(40):
        told = f"203.0.113.{n}"
        found.append(
            ask(
                "ann",
                HTTP_X_FORWARDED_FOR=told,
                HTTP_X_REAL_IP=told,
                HTTP_FORWARDED=f"for={told}",
                HTTP_USER_AGENT=f"browser {n}",
            ).status_code
        )
    assert found[LIMIT - 1 :] == [429] * (40 - LIMIT + 1)


def test_case_of_a_name_gives_no_more_tries(ann: User) -> None:
    names = ["ann", "ANN", "Ann", "ａｎｎ", "aNn"] * 2
    found = [ask(name).status_code for name in names]
    assert found == [200] * 9 + [429]


def test_answer_says_when_to_come_back(ann: User) -> None:
    with time_machine.travel("2026-05-01T10:00:00Z", tick=False) as clock:
        guess(LIMIT - 1, "ann")
        clock.shift(timedelta(minutes=5))
        answer = ask("ann")
        assert answer.status_code == 429
        assert answer["Retry-After"] == str(30 * 60)
        assert "no-store" in answer["Cache-Control"]
        assert texts(answer, "h1") == ["Too many tries"]
        assert "in 30 minutes." in answer.content.decode()
        clock.shift(timedelta(minutes=29, seconds=30))
        answer = ask("ann", RIGHT)
        assert (answer.status_code, answer["Retry-After"]) == (429, "30")
        assert "in 1 minute." in answer.content.decode()
        clock.shift(timedelta(minutes=1))
        assert ask("ann", RIGHT).status_code == 302


def test_who_comes_in_starts_anew(ann: User) -> None:
    for _ in range(3):
        assert guess(LIMIT - 1, "ann") == [200] * (LIMIT - 1)
        assert ask("ann", RIGHT).status_code == 302


def test_who_comes_in_clears_nothing_that_was_tried_at_others(ann: User) -> None:
    """An editor guesses an administrator's password, and signs in between."""
    found = []
    for _ in range(4):
        found += guess(4, "root")
        assert ask("ann", RIGHT).status_code == 302
    assert found == [200] * (LIMIT - 1) + [429] * (16 - LIMIT + 1)


def refusals() -> dict[str, tuple[str, str]]:
    """Of each kind of refusal, a name and the password that is tried."""
    with_password(staff("editor"), "gone", is_active=False)
    with_password(staff("editor"), "visitor", is_staff=False)
    keyless = staff("editor")
    return {
        "unknown": ("nobody", RIGHT),
        "wrong": ("ann", "wrong"),
        "inactive": ("gone", RIGHT),
        "not of the staff": ("visitor", RIGHT),
        "without a password": (keyless.username, RIGHT),
    }


def seen(answer: Any, name: str) -> tuple[int, str]:
    body = re.sub(r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", answer.content.decode())
    return answer.status_code, body.replace(name, "NAME")


def test_refusals_look_the_same_to_the_end(ann: User) -> None:
    found: dict[str, list[tuple[int, str]]] = {}
    for n, (kind, (name, password)) in enumerate(refusals().items()):
        peer = f"192.0.2.{n}"
        found[kind] = [seen(ask(name, password, peer=peer), name) for _ in range(LIMIT + 2)]
    assert [status for status, _ in found["unknown"]] == [200] * 9 + [429] * 3
    assert {kind for kind, answers in found.items() if answers != found["unknown"]} == set()


def test_refusals_cost_the_same(ann: User, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []
    hasher = type(hashers.get_hasher())
    encode = hasher.encode
    monkeypatch.setattr(
        hasher, "encode", lambda self, *a, **k: hashed.append("once") or encode(self, *a, **k)
    )
    work = {}
    for kind, (name, password) in refusals().items():
        ask(name, password)  # the first makes the row that the next counts in
        AccessAttempt.objects.exclude(username=name).delete()
        hashed.clear()
        with connection.execute_wrapper(lambda run, *a: (hashed.append("query"), run(*a))[1]):
            ask(name, password)
        work[kind] = sorted(hashed)
    assert work["unknown"].count("once") == 1
    assert {kind for kind, done in work.items() if done != work["unknown"]} == set()


def test_password_is_not_looked_at_during_the_wait(
    ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    guess(LIMIT, "ann")
    monkeypatch.setattr(User, "check_password", lambda *a: pytest.fail("it was looked at"))
    assert ask("ann", RIGHT).status_code == 429


def test_old_password_is_guessed_no_more_often_than_at_the_door(ann: User) -> None:
    client = signed_in(ann)
    posted = {"old_password": "wrong", "new_password1": RIGHT + "!", "new_password2": RIGHT + "!"}
    found = [client.post(OWN, posted) for _ in range(LIMIT + 1)]
    assert [answer.status_code for answer in found] == [200] * (LIMIT - 1) + [429] * 2
    assert "entered incorrectly" in found[0].content.decode()
    assert texts(found[-1], "h1") == ["Too many tries"]
    assert client.post(OWN, {**posted, "old_password": RIGHT}).status_code == 429
    assert ask("ann", RIGHT, peer="127.0.0.1").status_code == 429


def test_own_password_is_changed_and_on_record(ann: User) -> None:
    client = signed_in(ann)
    posted = {"old_password": RIGHT, "new_password1": RIGHT + "!", "new_password2": RIGHT + "!"}
    assert client.post(OWN, posted).status_code == 302
    assert client.get("/admin/").status_code == 200
    assert ask("ann", RIGHT + "!").status_code == 302
    (event,) = ReviewEvent.objects.filter(record_type="person")
    assert (event.action, event.note) == ("password", "own password changed")
    assert (event.public_id, event.actor_id) == (str(ann.pk), ann.pk)


def test_change_of_the_own_password_brings_nothing_old_back(ann: User) -> None:
    """An account that is deactivated while its owner's form is under way stays so."""
    from msportal.sign_in_forms import OwnPasswordForm

    User.objects.filter(pk=ann.pk).update(is_active=False)
    assert ann.is_active
    form = OwnPasswordForm(ann, request=RequestFactory().post(OWN))
    form.cleaned_data = {"new_password1": RIGHT + "!"}
    form.save()
    assert not User.objects.get(pk=ann.pk).is_active


# Addresses


@pytest.mark.parametrize(
    ("trusted", "forwarded", "counted"),
    [
        (0, "203.0.113.1", "192.0.2.1"),
        (1, "203.0.113.1", "203.0.113.1"),
        (1, "made up, 10.9.9.9, 203.0.113.1", "203.0.113.1"),
        (2, "10.9.9.9, 203.0.113.1, 198.51.100.1", "203.0.113.1"),
        (2, "203.0.113.1", "192.0.2.1"),  # past the proxies: the peer's own
        (1, "", "192.0.2.1"),
        (1, "nonsense", "192.0.2.1"),
        (1, "203.0.113.1:4711", "203.0.113.1"),
        (1, "::ffff:203.0.113.1", "203.0.113.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (1, "[2001:db8:1:2::1]:443", "2001:db8:1:2::"),
        (1, "fe80::1%eth0", "fe80::"),
        (1, "\0", "192.0.2.1"),
    ],
)
def test_address_that_counts(settings: Any, trusted: int, forwarded: str, counted: str) -> None:
    settings.TRUSTED_PROXIES = trusted
    asked = RequestFactory().get(
        "/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded, HTTP_X_REAL_IP="10.1.1.1"
    )
    assert address(asked) == counted


def test_peer_without_an_address_has_one_for_all() -> None:
    assert address(RequestFactory().get("/", REMOTE_ADDR="")) == "0.0.0.0"
    assert guess(LIMIT, "x", peer="")[-1] == 429


def test_guesser_behind_a_trusted_proxy_is_stopped_alone(settings: Any, ann: User) -> None:
    settings.TRUSTED_PROXIES = 1
    for n in range(LIMIT):
        ask("ann", HTTP_X_FORWARDED_FOR=f"10.0.0.{n}, 203.0.113.1")
    assert ask("ann", RIGHT, HTTP_X_FORWARDED_FOR="203.0.113.1").status_code == 429
    assert ask("ann", RIGHT, HTTP_X_FORWARDED_FOR="203.0.113.2").status_code == 302


# Odd input


def multipart(name: bytes, *, charset: str = "") -> Any:
    body = b"".join(
        b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % part
        for part in ((b"username", name), (b"password", b"wrong"))
    )
    kind = f"multipart/form-data; boundary=x{charset and f'; charset={charset}'}"
    return Client().generic("POST", DOOR, body + b"--x--\r\n", kind)


@pytest.mark.parametrize(
    "name",
    [
        "a\0b",
        "\0",
        "a" * 151,
        "a" * 300,
        "a" * 1_000_000,
        "ﷺ" * 150,
        "İ" * 150,
        "ß" * 150,
        "\n",
        "😀",
    ],
)
def test_odd_name_gets_a_form_back(name: str) -> None:
    answer = ask(name)
    assert answer.status_code == 200
    assert texts(answer, "p", "errornote") or "errorlist" in answer.content.decode()


def test_odd_password_gets_a_form_back(ann: User) -> None:
    for password in ("\0", "x\0y", "x" * 1_000_000, "\n", "😀"):
        assert ask("ann", password).status_code == 200


@pytest.mark.parametrize("name", [b"\xed\xa0\x80", b"\xff\xfe", b"a\x00b", b"%00"])
def test_odd_bytes_get_a_form_back(name: bytes) -> None:
    assert multipart(name).status_code == 200
    urlencoded = b"username=" + b"".join(b"%%%02X" % byte for byte in name) + b"&password=x"
    kind = "application/x-www-form-urlencoded"
    assert Client().generic("POST", DOOR, urlencoded, kind).status_code == 200


@pytest.mark.parametrize(
    ("charset", "name"),
    [("utf-7", b"+2AA-"), ("raw_unicode_escape", b"\\ud800"), ("hex", b"00"), ("idna", b"..")],
)
def test_form_in_another_encoding_is_refused(charset: str, name: bytes) -> None:
    answer = multipart(name, charset=charset)
    assert answer.status_code == 400
    assert texts(answer, "h1") == ["That was not understood"]


@pytest.mark.parametrize("charset", ["utf-7", "raw_unicode_escape"])
def test_address_is_read_as_utf8_whatever_a_visitor_claims(client: Client, charset: str) -> None:
    kind = f"text/plain; charset={charset}"
    for page in ("/therapies/?q=+2AA-", DOOR + "?next=%5Cud800"):
        assert client.get(page, CONTENT_TYPE=kind).status_code == 200


def test_server_makes_a_request_of_whatever_is_claimed(site_server: Callable[..., Site]) -> None:
    netloc = urlsplit(site_server().url).netloc
    for charset, refused in (("hex", 400), ("idna", 400), ("utf-7", 400), ("none", 403)):
        for method, status in (("GET", 200), ("POST", refused)):
            visitor = http.client.HTTPConnection(netloc, timeout=60)
            kind = {"Content-Type": f"multipart/form-data; boundary=x; charset={charset}"}
            visitor.request(method, f"{DOOR}?next=%5C.", headers=kind)
            assert visitor.getresponse().status == status, (charset, method)
            visitor.close()


@pytest.mark.parametrize("key", ["abcdefgh\\000ijkl", "abcdefgh\\777", "abc defghi", "ÿ" * 40])
def test_session_that_the_site_never_gave_is_none(client: Client, key: str) -> None:
    for cookie in (f'sessionid="{key}"', f"sessionid={key}"):
        assert client.get(DOOR, HTTP_COOKIE=cookie).status_code == 200
        assert client.get("/admin/", HTTP_COOKIE=cookie).status_code == 302
    assert client.post(DOOR, {"username": "a", "password": "b"}).status_code == 200


@pytest.mark.parametrize("odd", ["\0", "\xff\xfe", "x" * 10_000, ""])
def test_odd_headers_are_not_kept(odd: str) -> None:
    headers = {
        "HTTP_USER_AGENT": odd, "HTTP_ACCEPT": odd, "HTTP_X_FORWARDED_FOR": odd,
        "HTTP_X_REQUESTED_WITH": "XMLHttpRequest", "HTTP_ACCEPT_LANGUAGE": odd,
    }  # fmt: skip
    answers = [ask("ann", **headers) for _ in range(LIMIT)]
    assert [answer.status_code for answer in answers] == [200] * 9 + [429]
    assert answers[-1]["Content-Type"].startswith("text/html")
    assert not answers[-1].has_header("Access-Control-Allow-Origin")
    (row,) = AccessAttempt.objects.all()
    kept = (row.user_agent, row.http_accept, row.path_info, row.get_data, row.post_data)
    assert kept == ("", "", "", "", "")


# What is kept, and who sees it


def test_tries_are_kept_for_the_wait_alone_and_sign_ins_not_at_all(ann: User) -> None:
    with time_machine.travel("2026-05-01T10:00:00Z", tick=False) as clock:
        guess(3, "nobody", peer="198.51.100.1")
        clock.shift(timedelta(minutes=31))
        ask("ann", RIGHT)
    assert not AccessAttempt.objects.exists()
    assert not AccessLog.objects.exists()


def test_log_of_the_server_names_nobody(ann: User, caplog: pytest.LogCaptureFixture) -> None:
    """What was typed as a name may be a password; a line break in it would forge a line."""
    caplog.set_level("DEBUG")
    for name in ("ann", "my secret\n2026-01-01 INFO forged"):
        guess(LIMIT, name)
    ask("ann", RIGHT, peer="198.51.100.9")
    assert any("192.0.2.1" in line for line in caplog.messages)
    assert [r for r in caplog.messages if "secret" in r or "ann" in r.split()] == []


def test_account_is_let_in_again_by_a_command(ann: User) -> None:
    guess(LIMIT, "ann", peer="2001:db8:1:2::1")
    assert ask("ann", RIGHT, peer="2001:db8:1:2::1").status_code == 429
    call_command("axes_reset_username", "Ann", verbosity=0)
    assert ask("ann", RIGHT, peer="2001:db8:1:2::1").status_code == 302
    guess(LIMIT, "ann", peer="2001:db8:1:2::1")
    call_command("axes_reset_ip", "2001:db8:1:2::2", verbosity=0)
    assert ask("ann", RIGHT, peer="2001:db8:1:2::3").status_code == 302


def test_tries_are_in_nobodys_forms_and_in_no_group() -> None:
    theirs = Permission.objects.filter(content_type__app_label="axes")
    assert theirs.exists()
    assert not Group.objects.filter(permissions__in=theirs).exists()
    assert "axes" not in signed_in(staff("administrator")).get("/admin/").content.decode()


def test_tables_of_tries_are_beyond_the_reading_room() -> None:
    for model in (AccessAttempt, AccessLog):
        with (
            pytest.raises(BeyondTheReadingRoom),
            connection.execute_wrapper(_refuse),
        ):
            list(model.objects.all())


def test_code_signs_in_without_a_visitor(ann: User, client: Client) -> None:
    assert authenticate(username="ann", password="wrong") is None
    assert authenticate(username="ann", password=RIGHT) == ann
    assert not client.login(username="ann", password="wrong")
    assert client.login(username="ann", password=RIGHT)
    assert client.get("/admin/").status_code == 200


def test_who_loses_staff_status_is_out_at_once(ann: User) -> None:
    client = signed_in(ann)
    assert client.get("/admin/").status_code == 200
    User.objects.filter(pk=ann.pk).update(is_staff=False)
    assert client.get("/admin/").status_code == 302
