"""Settings from the environment: what is not understood is refused."""

import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from msportal import environment


@pytest.mark.parametrize(
    ("value", "expected"),
    [("true", True), ("Yes", True), ("1", True), ("off", False), ("FALSE", False), ("0", False)],
)
def test_flag_reads_yes_and_no(
    monkeypatch: pytest.MonkeyPatch, value: str, *, expected: bool
) -> None:
    monkeypatch.setenv("A_FLAG", value)
    assert environment.flag("A_FLAG", default=not expected) is expected


@pytest.mark.parametrize("value", ["", "ture", "2", "app:*"])
def test_flag_refuses_anything_else(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("A_FLAG", value)
    with pytest.raises(ImproperlyConfigured, match="A_FLAG is .*: say true or false"):
        environment.flag("A_FLAG", default=False)


@pytest.mark.parametrize("value", ["", "-1", "1.5", "²", "two"])
def test_number_refuses_what_is_none(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("A_NUMBER", value)
    with pytest.raises(ImproperlyConfigured, match="A_NUMBER is .*: say a whole number"):
        environment.number("A_NUMBER", default=1)


def test_number_refuses_what_is_too_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_NUMBER", "0")
    assert environment.number("A_NUMBER", default=1) == 0
    with pytest.raises(ImproperlyConfigured, match="A_NUMBER is '0': say 1 or more"):
        environment.number("A_NUMBER", default=1, least=1)


def test_names_are_split_at_commas_and_trimmed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_NAMES", "a.example, b.example,")
    assert environment.names("SOME_NAMES") == ["a.example", "b.example"]


def test_names_without_default_are_required() -> None:
    with pytest.raises(ImproperlyConfigured, match="NO_SUCH_NAMES is not set"):
        environment.names("NO_SUCH_NAMES")


@pytest.mark.parametrize(
    ("value", "leads_to"),
    [
        ("", ""),
        (" editors@example.org ", "mailto:editors@example.org"),
        ("https://example.org/contact", "https://example.org/contact"),
    ],
)
def test_contact_is_what_a_link_leads_to(
    monkeypatch: pytest.MonkeyPatch, value: str, leads_to: str
) -> None:
    monkeypatch.setenv("A_CONTACT", value)
    assert environment.contact("A_CONTACT") == leads_to


@pytest.mark.parametrize("value", ["editors", "javascript:alert(1)", "a@b", 'https://x/"onclick'])
def test_contact_refuses_what_leads_nowhere(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("A_CONTACT", value)
    with pytest.raises(ImproperlyConfigured, match="A_CONTACT is .*: say an e-mail address"):
        environment.contact("A_CONTACT")


def test_secret_key_is_made_once_and_kept_private(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SECRET_KEY")
    kept_in = tmp_path / "var" / "secret_key"
    first = environment.secret_key(kept_in)
    assert len(first) >= 50
    assert environment.secret_key(kept_in) == first
    assert stat.S_IMODE(kept_in.stat().st_mode) == 0o600
    assert list(kept_in.parent.iterdir()) == [kept_in]


def test_secret_key_is_required_where_none_may_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "")
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is not set"):
        environment.secret_key(None)


def test_secret_key_may_start_with_a_dollar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "$HOME")
    assert environment.secret_key(None) == "$HOME"


def test_relative_sqlite_path_counts_from_the_base(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///data/site.sqlite3")
    config = environment.database(tmp_path, default="")
    assert config["NAME"] == str(tmp_path / "data" / "site.sqlite3")
    assert config["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_absolute_sqlite_path_stays(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/site.sqlite3")
    config = environment.database(Path("/elsewhere"), default="")
    assert config["NAME"] == f"{tmp_path}/site.sqlite3"


def test_postgresql_address_may_hold_escaped_characters(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(
        "DATABASE_URL", "postgresql://ann:p%40ss@db.example:5433/site?sslmode=require"
    )
    config = environment.database(tmp_path, default="")
    assert (config["USER"], config["PASSWORD"], config["HOST"], config["PORT"], config["NAME"]) == (
        "ann",
        "p@ss",
        "db.example",
        5433,
        "site",
    )
    assert config["OPTIONS"]["sslmode"] == "require"
    assert config["OPTIONS"]["connect_timeout"] == 2
    assert config["ENGINE"] == "msportal.postgresql"


@pytest.mark.parametrize(
    "url",
    [
        *("", "mysql://localhost/site", "var/site.sqlite3", "postgresql://db"),
        *("postgresql://ann:w0rd@db:port/site", "sqlite://var/site.sqlite3", "sqlite:site"),
        f"sqlite:///{__file__}/site.sqlite3",
    ],
)
def test_other_databases_are_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL") as refused:
        environment.database(tmp_path, default="")
    assert "w0rd" not in str(refused.value)


def test_all_that_is_not_understood_is_gathered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_FLAG", "ture")
    monkeypatch.setenv("A_NUMBER", "two")
    environment.gather()
    assert environment.flag("A_FLAG", default=True) is True
    assert environment.number("A_NUMBER", default=3) == 3
    assert [said.partition(" is ")[0] for said in environment.gathered()] == ["A_FLAG", "A_NUMBER"]
    with pytest.raises(ImproperlyConfigured):
        environment.flag("A_FLAG", default=True)


SECRET = "s3cr3t-Word"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        (SECRET, "NEW is no URL"),
        ("mysql://localhost/site", "NEW starts with 'mysql'"),
        (f"postgresql://ann:{SECRET}#@localhost/site", "NEW cannot be taken apart"),
        (f"postgresql://ann:/{SECRET}@localhost/site", "NEW cannot be taken apart"),
        (f"postgresql://ann:12/{SECRET}@localhost/site", "NEW cannot be taken apart"),
        (f"postgresql://ann:12?{SECRET}@localhost/site", "NEW names no database"),
        (f"postgresql://ann:{SECRET}@localhost:port/site", "NEW cannot be taken apart"),
        (f"postgresql://ann:{SECRET}@localhost", "NEW names no database"),
        ("sqlite:////var/a#b", "NEW cannot be taken apart"),
    ],
)
def test_url_that_is_not_understood_is_refused_and_not_told(
    tmp_path: Path, url: str, said: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=said) as refused:
        environment.database_at(url, tmp_path, named="NEW")
    assert SECRET not in str(refused.value)
