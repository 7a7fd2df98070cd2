#!/usr/bin/env python
"""Runs the project's management commands."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "msportal.settings")
    # Nothing configured: a development run. The server does not come this way, and asks for a key.
    if not os.environ.keys() & {"SECRET_KEY", "DEBUG", "MSPORTAL_DEMONSTRATION"}:
        os.environ["DEBUG"] = "true"
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
