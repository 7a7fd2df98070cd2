"""``manage.py mcp``: the reading room for agents, over standard input and output."""

import argparse
import re
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from msportal import guard
from msportal.postgresql.patience import PatientConnection

_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?|https?://\[[0-9a-f:]+\](?::\d{1,5})?")


class Command(BaseCommand):
    """Exit status 0 when its client has gone, or after Ctrl-C; 1 where the site would not start."""

    help = (
        "Serves agents what readers see, by the Model Context Protocol on standard input and "
        "output: search, therapies, mechanisms, sources, comparison, evidence and changes. It "
        "only reads. A client starts it; docs/api.md says how. "
        "Exit status: 0 ended, 1 refused, 2 usage."
    )
    requires_system_checks = ()  # the guard asks what the server asks

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--origin",
            type=_origin,
            default=None,
            help="what addresses in answers begin with, such as https://msportal.example.org; "
            "without it they are paths",
        )

    def handle(self, *args: Any, origin: str | None, **options: Any) -> None:
        if find_spec("mcp") is None:
            raise CommandError(
                "This needs what requirements/mcp.txt names: run “make mcp”, or install it there."
            )
        try:
            guard.hold()
        except guard.Refused as refusal:
            raise CommandError(str(refusal)) from None
        finally:
            connection.close()
        PatientConnection.patience = settings.READ_SECONDS
        from msportal.agents.serving import serve  # not everybody who runs the site has it

        serve(origin or "", str(settings.SPECTACULAR_SETTINGS["VERSION"]))


def _origin(text: str) -> str:
    if _ORIGIN.fullmatch(text) is None:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no origin: say scheme and name, without a path, such as "
            "https://msportal.example.org."
        )
    return text
