"""The site does not start where it should not serve, and says which command or setting mends it."""

import os
import re
import secrets
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.checks import run_checks
from django.db import connection
from django.test import RequestFactory
from psycopg import sql
from pytest_django import Settings

from msportal import errors, guard, soundness
from msportal.postgresql.breaker import PAUSE
from publication.folded_by import FoldedBy
from tests import warm
from tests.databases import ROOT, Copies, run_manage
from tests.msportal.approvals import approve_source
from tests.msportal.test_outage import ask, taken_away
from tests.servers import Site

SQLITE = os.environ["DATABASE_URL"].startswith("sqlite")
SHELL = ("shell", "--verbosity=0", "-c")
LOAD = "import msportal.wsgi"
PUBLIC = {
    "ALLOWED_HOSTS": "msportal.example.org,localhost",
    "MSPORTAL_HTTPS": "true",
    "MSPORTAL_TRUSTED_PROXIES": "1",
}
"""A sound configuration of a site that anybody may visit."""

DEMONSTRATION = (
    "from tests.msportal.approvals import approve_source; approve_source(demonstration=True)"
)
DROP_RULE = f"DROP TRIGGER entry_four_eyes{'' if SQLITE else ' ON publication_entry'}"
FORGET_PROGRAM = "DELETE FROM publication_foldedby"
MORE_FACETS = """
from therapies import values
values.VALUES += (values.Value("contraindication", "not for", facet="contraindication"),)
import msportal.wsgi
"""
OTHER_WORDS = """
from publication import folding
folding._DROPPED |= {"1"}
folding._PLAINLY[ord("1")] = ""
import msportal.wsgi
"""


@dataclass(frozen=True, slots=True)
class Odd:
    """A configuration or a database that is not as it has to be."""

    name: str
    says: tuple[str, ...]
    """Words of its sentences, in their order: one a line."""
    environment: dict[str, str] = field(default_factory=dict)
    """Beside what is sound; what is empty is not set."""
    database: str = "sound"
    """Which of those below it is started on."""
    program: str = LOAD


KEY = "SECRET_KEY"
MANAGE = "run “manage.py {}”"
ODD = (
    Odd("a short key", ("SECRET_KEY has 40 characters and needs 50",), {KEY: "k3Yw9" * 8}),
    Odd("Django's own key", ("“django” is in it",),
        {KEY: "django-insecure-" + "k3Yw9Lp0QzV7rT2mXb8N" * 2 + "sJ4"}),
    Odd("no key", ("SECRET_KEY is not set",), {KEY: ""}),
    Odd("everybody's name", ("ALLOWED_HOSTS has “*”",), {"ALLOWED_HOSTS": "*"}),
    Odd("an address for a name", ("ALLOWED_HOSTS has “https://a.example”",),
        {"ALLOWED_HOSTS": "https://a.example"}),
    Odd("no name", ("ALLOWED_HOSTS is empty",), {"ALLOWED_HOSTS": " , "}),
    Odd("development in public", ("DEBUG is on and ALLOWED_HOSTS has msportal.example.org: ",),
        {"DEBUG": "true"}),
    Odd("forms of nobody", ("CSRF_TRUSTED_ORIGINS has “www.example.org”",),
        {"CSRF_TRUSTED_ORIGINS": "https://a.example,www.example.org"}),
    Odd("passwords in clear", ("MSPORTAL_HTTPS is off and ALLOWED_HOSTS has msportal.example",),
        {"MSPORTAL_HTTPS": "false"}),
    Odd("a crowd of proxies", ("MSPORTAL_TRUSTED_PROXIES is 33",),
        {"MSPORTAL_TRUSTED_PROXIES": "33"}),
    Odd("no static files", (MANAGE.format("collectstatic"),),
        {"MSPORTAL_STATIC_COLLECTED": "true"}),
    Odd("a port of letters", ("DATABASE_URL cannot be taken apart",),
        {"DATABASE_URL": "postgresql://u:hidden@db:port/site"}),
    Odd("a folder that cannot be", ("names a file whose folder is not there",),
        {"DATABASE_URL": f"sqlite:///{ROOT}/manage.py/site.sqlite3"}),
    Odd("no file", ("There is no database at ",),
        {"DATABASE_URL": f"sqlite:///{ROOT}/no-such.sqlite3"}),
    Odd("a file of another kind", ("cannot be asked anything: file is not a database",),
        {"DATABASE_URL": f"sqlite:///{ROOT}/manage.py"}),
    Odd("an option that nobody knows", ("cannot be asked anything: 'colour' is",),
        {"DATABASE_URL": f"sqlite:///{ROOT}/manage.py?colour=red"}),
    Odd("a database without tables", (MANAGE.format("migrate"),), database="empty"),
    Odd("a rule that is gone",
        ("lacks rules of its own (entry_four_eyes): run “manage.py migrate”",),
        database="without a rule"),
    Odd("another program's fold", ("(nobody wrote down which); “manage.py rebuild”",),
        database="folded by nobody"),
    Odd("a facet that joined", ("(of it differ: published facet); “manage.py rebuild”",),
        program=MORE_FACETS),
    Odd("another folding of words", ("(of it differ: words); “manage.py rebuild”",),
        program=OTHER_WORDS),
    Odd("demonstration approvals", ("holds demonstration approvals",), database="demonstration"),
    Odd("several at once, not understood",
        ("DEBUG is 'ture'", "SECRET_KEY is not set", "MSPORTAL_TRUSTED_PROXIES is 'two'",
         "ALLOWED_HOSTS has “*”", "MSPORTAL_HTTPS is off"),
        {KEY: "", "DEBUG": "ture", "ALLOWED_HOSTS": "*", "MSPORTAL_TRUSTED_PROXIES": "two",
         "MSPORTAL_HTTPS": "false"}),
    Odd("several at once, of all kinds",
        ("SECRET_KEY has 5", "ALLOWED_HOSTS has “*”", "holds demonstration approvals",
         "lacks rules of its own", "“manage.py rebuild”"),
        {KEY: "short", "ALLOWED_HOSTS": "*"},
        database="all at once"),
)  # fmt: skip
if not SQLITE:  # what is read before any database is asked is read alike
    ODD = tuple(odd for odd in ODD if odd.database != "sound" or odd.program != LOAD)
SOUND: dict[str, dict[str, str]] = {
    "public": {},
    "local": {"ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]", "MSPORTAL_HTTPS": "false"},
    "development": {"ALLOWED_HOSTS": "", "DEBUG": "true", "MSPORTAL_HTTPS": "false"},
    "demonstration": {"MSPORTAL_DEMONSTRATION": "true", "SECRET_KEY": "", "MSPORTAL_HTTPS": ""},
    "no database server": {"DATABASE_URL": "postgresql://u:hidden@127.0.0.1:1/site"},
}

Started = subprocess.CompletedProcess[str]


def start(database_url: str, environment: dict[str, str], program: str = LOAD) -> Started:
    """Loads the application as the server does, in a process of its own."""
    whole = os.environ | PUBLIC | {"DATABASE_URL": database_url} | environment
    return warm.run(["-c", program], {name: value for name, value in whole.items() if value})


def change(database_url: str, statement: str) -> None:
    """What somebody does to a database past the program."""
    if SQLITE:
        with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"))) as file:
            file.execute(statement)
            file.commit()
    else:
        with psycopg.connect(database_url) as server:
            server.execute(statement)


@pytest.fixture(scope="module")
def databases(database_copies: Copies) -> Iterator[dict[str, str]]:
    """By name, the URL of what is served."""
    names = ("sound", "without a rule", "folded by nobody", "demonstration", "all at once")
    urls = {name: database_copies.make() for name in names}
    urls["empty"] = database_copies.make_empty()
    for name in ("demonstration", "all at once"):
        run_manage(urls[name], *SHELL, DEMONSTRATION, MSPORTAL_DEMONSTRATION="true")
    for name, statements in {
        "without a rule": [DROP_RULE],
        "folded by nobody": [FORGET_PROGRAM],
        "all at once": [DROP_RULE, FORGET_PROGRAM],
    }.items():
        for statement in statements:
            change(urls[name], statement)
    yield urls
    for url in urls.values():
        database_copies.remove(url)


@pytest.fixture(scope="module")
def started(databases: dict[str, str]) -> dict[str, Started]:
    """By name, how each start ended; two at a time."""
    with ThreadPoolExecutor(2) as two:
        waiting = {
            odd.name: two.submit(start, databases[odd.database], odd.environment, odd.program)
            for odd in ODD
        }
        waiting |= {n: two.submit(start, databases["sound"], what) for n, what in SOUND.items()}
        return {name: job.result() for name, job in waiting.items()}


@pytest.mark.process
@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd.name)
def test_odd_site_does_not_start_and_says_why(odd: Odd, started: dict[str, Started]) -> None:
    done = started[odd.name]
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "hidden" not in done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) == len(odd.says), done.stderr
    for words, line in zip(odd.says, lines, strict=True):
        assert words in line


@pytest.mark.process
@pytest.mark.parametrize("name", SOUND)
def test_sound_site_starts(name: str, started: dict[str, Started]) -> None:
    done = started[name]
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert ("The database does not answer" in done.stderr) == (name == "no database server")


@pytest.mark.process
@pytest.mark.skipif(not SQLITE, reason="no start on PostgreSQL names a file")
def test_a_refused_start_leaves_no_file_behind(started: dict[str, Started]) -> None:
    assert not (ROOT / "no-such.sqlite3").exists()


@pytest.mark.process
def test_commands_run_and_mend_what_a_start_refuses(database_copies: Copies) -> None:
    url = database_copies.make_empty()
    odd = {"SECRET_KEY": "short", "ALLOWED_HOSTS": "*"}
    run_manage(url, "migrate", "--verbosity=0", **odd)
    change(url, FORGET_PROGRAM)
    found = run_manage(url, "verify", check=False, **odd)
    assert (found.returncode, "manage.py rebuild" in found.stderr) == (1, True)
    assert "rebuilt from 0" in run_manage(url, "rebuild", "--if-needed", **odd).stdout
    assert start(url, {}).returncode == 0
    database_copies.remove(url)


AS_ANOTHER = """
import os, sys
import msportal.wsgi
from msportal import guard
os.chmod({path!r}, 0o444)
os.geteuid() or os.setuid(65534)
try:
    guard.hold()
except guard.Refused as refusal:
    sys.exit(str(refusal))
"""


@pytest.mark.process
@pytest.mark.skipif(not SQLITE, reason="a server of its own says who may write")
def test_file_of_another_user_is_told() -> None:
    """All code is loaded before the process becomes another user's."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        path = f"{folder}/site.sqlite3"
        run_manage(f"sqlite:///{path}", "migrate", "--verbosity=0")
        done = start(f"sqlite:///{path}", {}, AS_ANOTHER.format(path=path))
    assert (done.returncode, "cannot be written by the user" in done.stderr) == (1, True), done


def given_a_role(marks: str) -> str:
    """The URL of a role with these marks, on the tests' own database."""
    name = f"msportal_role_{secrets.token_hex(4)}"
    with psycopg.connect(os.environ["TEST_SUPERUSER_URL"], autocommit=True) as server:
        made = sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'known' " + marks)
        server.execute(made.format(sql.Identifier(name)))
    return name


@pytest.mark.process
@pytest.mark.skipif("TEST_SUPERUSER_URL" not in os.environ, reason="no superuser to make roles")
@pytest.mark.parametrize("marks", ["SUPERUSER", "IN ROLE pg_execute_server_program"])
def test_mighty_role_is_refused_in_production(database_copy: str, marks: str) -> None:
    name = given_a_role(marks)
    parts = urlsplit(database_copy)
    where = parts.netloc.rpartition("@")[2]
    url = parts._replace(netloc=f"{name}:known@{where}").geturl()
    owner = parts.username
    with psycopg.connect(os.environ["TEST_SUPERUSER_URL"], autocommit=True) as server:
        if marks != "SUPERUSER":
            server.execute(sql.SQL("GRANT {} TO {}").format(*map(sql.Identifier, (owner, name))))
        try:
            done = start(url, {})
            demonstration = start(url, {"MSPORTAL_DEMONSTRATION": "true"})
        finally:
            server.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))
    assert (done.returncode, f"as “{name}”, which" in done.stderr) == (1, True), done.stderr
    assert demonstration.returncode == 0


# The same list, as Django's checks.


def ids(**options: bool) -> set[str]:
    """Of ours; that the tests' role owns its tables, the guard may well say."""
    found = run_checks(tags=["database", "security"], databases=["default"], **options)
    return {str(m.id) for m in found if str(m.id).startswith("msportal.")} - {"msportal.W002"}


@pytest.mark.django_db
def test_checks_name_what_is_wrong_in_the_database() -> None:
    assert ids() == set()
    approve_source(demonstration=True)
    FoldedBy.objects.all().delete()
    on = "" if SQLITE else " ON publication_entry"
    with connection.cursor() as cursor:
        if not SQLITE:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"DROP TRIGGER entry_four_eyes{on}")
    assert ids() == {"msportal.E001", "msportal.E012", "msportal.E013"}


@pytest.mark.django_db
def test_production_serves_approvals_of_people() -> None:
    approve_source(demonstration=False)
    assert ids() == set()


@pytest.mark.django_db
def test_demonstration_serves_its_approvals(settings: Settings) -> None:
    approve_source(demonstration=True)
    settings.PRODUCTION = False
    assert ids() == set()


@pytest.mark.django_db
def test_checks_of_a_release_name_what_is_wrong_in_the_configuration(settings: Settings) -> None:
    assert ids(include_deployment_checks=True) == set()
    settings.SECRET_KEY = "short"
    settings.ALLOWED_HOSTS = ["*"]
    wrong = {"msportal.E002", "msportal.E003", "msportal.E006"}
    assert ids(include_deployment_checks=True) == wrong
    assert ids() == set()
    settings.PRODUCTION = False
    assert ids(include_deployment_checks=True) == set()


def test_every_question_has_a_number_of_its_own() -> None:
    asked = [*soundness.QUESTIONS, *guard.FIRST, *guard.THEN, guard.UNREADABLE]
    assert len({question.id for question in asked}) == len(asked)
    assert all((".W" in question.id) == question.warning for question in asked)


# Values by themselves.


def keys_in_print() -> list[str]:
    """Whatever is given for a key anywhere in the tree."""
    found = []
    places = ("docs/**/*.md", "*.y*ml", "[A-Z]*", ".env.example", "bench/*", "tests/*.py")
    for path in (path for place in places for path in ROOT.glob(place)):
        if path.is_file():
            found += re.findall(r"\bSECRET_KEY=([^\s$\"']+)", path.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize(
    "key",
    [
        *keys_in_print(),
        "known-to-all-and-used-by-the-tests-alone-0123456789",
        "Change-Me-k3Yw9Lp0QzV7rT2mXb8NsJ4hG6fD1aS5cE0uI9oP",
        "your_secret_key-k3Yw9Lp0QzV7rT2mXb8NsJ4hG6fD1aS5cE0uI9oP",
    ],
)
def test_key_that_is_known_is_refused(key: str) -> None:
    assert soundness.key(SimpleNamespace(SECRET_KEY=key)).startswith("SECRET_KEY ")


def test_key_in_print_is_found_at_all() -> None:
    assert "not-used-while-building" in keys_in_print()


@pytest.mark.parametrize("make", [secrets.token_urlsafe, secrets.token_hex])
def test_random_key_is_taken(make: Callable[[int], str]) -> None:
    for _ in range(200):
        assert soundness.key(SimpleNamespace(SECRET_KEY=make(50))) == ""


@pytest.mark.parametrize(
    ("host", "public"),
    [
        ("localhost", False),
        ("a.localhost", False),
        ("127.0.0.1", False),
        ("127.8.8.8", False),
        ("[::1]", False),
        ("testserver", False),
        ("LOCALHOST.", False),
        ("localhost.example.org", True),
        ("10.0.0.1", True),
        ("[2001:db8::1]", True),
        (".example.org", True),
        ("*", True),
    ],
)
def test_hosts_that_others_can_visit(host: str, *, public: bool) -> None:
    assert soundness.is_public(host) is public


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("ab" * 30, "has 2 different characters and needs 10"),
        ("k3Yw9Lp0Qz" * 6, "is a short piece said again and again"),
        ("k3Yw9Lp0QzV7rT2mXb8NsJ4hG6fD1aSk3Yw9Lp0QzV7rT2mXb8NsJ4hG6fD1aS", "a short piece"),
    ],
)
def test_key_that_only_looks_long_is_refused(key: str, why: str) -> None:
    assert why in soundness.key(SimpleNamespace(SECRET_KEY=key))


@pytest.mark.parametrize("host", [".org", ".", "*.example.org", "a.example:80", "a b", "http://a"])
def test_names_of_everybody_or_nobody_are_refused(host: str) -> None:
    assert "ALLOWED_HOSTS has" in soundness.hosts(SimpleNamespace(ALLOWED_HOSTS=[host]))


@pytest.mark.parametrize("host", ["msportal.example.org", ".example.org", "[::1]", "10.0.0.1", "a"])
def test_names_of_hosts_are_taken(host: str) -> None:
    assert soundness.hosts(SimpleNamespace(ALLOWED_HOSTS=[host])) == ""


@pytest.mark.parametrize("origin", ["https://*", "*", "//a.example", "https://a.example/path"])
def test_origin_of_everybody_or_nobody_is_refused(origin: str) -> None:
    assert soundness.origins(SimpleNamespace(CSRF_TRUSTED_ORIGINS=[origin]))


@pytest.mark.parametrize("origin", ["https://*.example.org", "https://a.example:8443"])
def test_origin_is_taken(origin: str) -> None:
    assert soundness.origins(SimpleNamespace(CSRF_TRUSTED_ORIGINS=[origin])) == ""


def test_gathered_static_files_are_found(tmp_path: Path) -> None:
    gathered = SimpleNamespace(STATIC_COLLECTED=True, STATIC_ROOT=tmp_path)
    assert "collectstatic" in soundness.static_files(gathered)
    (tmp_path / "staticfiles.json").write_text("{}")
    assert soundness.static_files(gathered) == ""


# The server itself.


def test_server_does_not_start_and_names_all_that_is_wrong(
    database_copy: str, site_server: Callable[..., Site]
) -> None:
    run_manage(database_copy, *SHELL, DEMONSTRATION, MSPORTAL_DEMONSTRATION="true")
    with pytest.raises(AssertionError) as refused:
        site_server(database_copy, WEB_CONCURRENCY="1", ALLOWED_HOSTS="*")
    said = str(refused.value)
    assert ("holds demonstration approvals" in said, "has “*”" in said) == (True, True)
    assert "Traceback" not in said
    with pytest.raises(AssertionError, match="WEB_CONCURRENCY is '0': say 1 or more") as refused:
        site_server(database_copy, WEB_CONCURRENCY="0")
    assert "Traceback" not in str(refused.value)
    checked = run_manage(database_copy, "check", "--database", "default", check=False)
    assert (checked.returncode, "msportal.E001" in checked.stderr) == (1, True)
    developing = run_manage(database_copy, "runserver", "0", check=False, ALLOWED_HOSTS="*")
    assert (developing.returncode, "has “*”" in developing.stderr) == (1, True)
    assert "Traceback" not in developing.stderr
    assert site_server(database_copy, MSPORTAL_DEMONSTRATION="true").process.is_running()


def test_database_that_was_away_is_asked_when_it_is_back(
    database_copy: str, site_server: Callable[..., Site]
) -> None:
    with taken_away(database_copy):
        site = site_server(WEB_CONCURRENCY="1")
        assert ask(site, "/")[0].status == 503
    time.sleep(PAUSE)  # of a process that has just found out
    assert ask(site, "/")[0].status == 200
    assert "The database does not answer" in site.log.read_text()


def test_site_stays_shut_when_what_is_back_is_refused(
    database_copy: str, site_server: Callable[..., Site]
) -> None:
    change(database_copy, DROP_RULE)
    with taken_away(database_copy):
        site = site_server(WEB_CONCURRENCY="1")
    time.sleep(PAUSE)
    for path in ("/", "/therapies/", "/admin/login/", "/no-such-page/"):
        answer, body = ask(site, path)
        assert (path, answer.status) == (path, 503)
        assert "<h1>Shut for now</h1>" in body
        assert "entry_four_eyes" not in body
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    answer, body = ask(site, "/api/v1/therapies/")
    assert (answer.status, answer.headers["Content-Type"]) == (503, "application/problem+json")
    assert ask(site, "/healthz")[0].status == 200
    assert site.log.read_text().count("lacks rules of its own (entry_four_eyes)") == 1


def test_shut_page_asks_no_database() -> None:
    page = errors.shut(RequestFactory().get("/"))
    assert (page.status_code, b"Shut for now" in page.content) == (503, True)
