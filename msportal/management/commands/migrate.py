"""Django's ``migrate``, which is not stopped by what it mends, and sees to the key of the log."""

from typing import Any

from django.conf import settings
from django.core.management.commands import migrate

from msportal.making_keys import make_log_key


class Command(migrate.Command):
    """The guard asks whether the database is migrated; here that is not known yet."""

    def check(self, *args: Any, **options: Any) -> None:
        super().check(*args, **options | {"databases": []})

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if not (options["plan"] or options["check_unapplied"] or options["app_label"]):
            self._make_key(options["verbosity"])

    def _make_key(self, verbosity: int) -> None:
        """A site without it works, but signs nothing."""
        path = settings.LOG_KEY_FILE
        try:
            if make_log_key(path, settings.LOG_NAME) and verbosity:
                self.stdout.write(f"The key of the log is in {path}: keep a copy elsewhere.")
        except OSError as problem:
            self.stderr.write(
                f"The key of the log cannot be made in {path}: {problem.strerror}. Until it is "
                "there the site signs nothing; MSPORTAL_LOG_KEY_FILE names another file."
            )
