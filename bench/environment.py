"""The environment of a measured site: as in production, but for what a proxy does before it."""

import os
import secrets
from pathlib import Path

KEY = secrets.token_urlsafe(50)
"""One for all processes of a run."""


def environment(database: Path | str, **more: str) -> dict[str, str]:
    """All that a process of the site is given; the database by its path, or by its URL."""
    url = database if isinstance(database, str) else f"sqlite:///{database}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "msportal.settings",
        "DATABASE_URL": url,
        "DEBUG": "false",
        "SECRET_KEY": KEY,
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "MSPORTAL_DEMONSTRATION": "false",
        "MSPORTAL_HTTPS": "false",
        "MSPORTAL_STATIC_COLLECTED": "false",
        # What was generated is dated once for all: nobody is asked about dates, nothing is overdue.
        "MSPORTAL_LOG_CONFIRM_AFTER_DAYS": "0",
        "MSPORTAL_REVIEW_INTERVAL_DAYS": "100000",
        **more,
    }
