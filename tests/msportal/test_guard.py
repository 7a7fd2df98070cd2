"""Production does not start on a database that holds demonstration approvals."""

from collections.abc import Callable

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from msportal import guard
from tests.databases import run_manage
from tests.msportal.approvals import approve_source
from tests.servers import Site


def ids() -> list[str | None]:
    return [message.id for message in run_checks(tags=["database"], databases=["default"])]


@pytest.mark.django_db
def test_production_refuses_demonstration_approvals() -> None:
    approve_source(demonstration=True)
    with pytest.raises(ImproperlyConfigured, match="holds demonstration approvals"):
        guard.refuse_demonstration_in_production()
    assert ids() == ["msportal.E001"]


@pytest.mark.django_db
def test_production_serves_approvals_of_people() -> None:
    approve_source(demonstration=False)
    guard.refuse_demonstration_in_production()
    assert ids() == []


@pytest.mark.django_db
def test_demonstration_serves_its_approvals(settings: Settings) -> None:
    approve_source(demonstration=True)
    settings.PRODUCTION = False
    guard.refuse_demonstration_in_production()
    assert ids() == []


def test_server_does_not_start_in_production_on_demonstration_approvals(
    database_copy: str, site_server: Callable[..., Site]
) -> None:
    run_manage(
        database_copy,
        "shell",
        "-c",
        "from tests.msportal.approvals import approve_source; approve_source(demonstration=True)",
        MSPORTAL_DEMONSTRATION="true",
    )
    with pytest.raises(AssertionError, match="holds demonstration approvals"):
        site_server(database_copy)
    assert site_server(database_copy, MSPORTAL_DEMONSTRATION="true").process.poll() is None
    refused = run_manage(database_copy, "check", "--database", "default", check=False)
    assert (refused.returncode, "msportal.E001" in refused.stderr) == (1, True)


def test_server_starts_on_a_database_without_tables(
    tmp_path: object, site_server: Callable[..., Site]
) -> None:
    assert site_server(f"sqlite:///{tmp_path}/empty.sqlite3").process.poll() is None
