"""The database's own rules as tests ask for them."""

from django.db import connection

from publication.structure import differences


def broken_rules() -> list[str]:
    """Names of rules, and of functions under them, that are absent, altered or disabled."""
    kinds = ("trigger", "function")
    return sorted({each.name for each in differences(connection) if each.kind in kinds})
