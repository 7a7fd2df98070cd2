"""Pages as a process makes them that has just started."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from publication.remembered import Remembered
from publication.templatetags import parts as tags
from therapies.pages import log_lines, made_of, parts


@contextmanager
def nothing_remembered() -> Iterator[None]:
    """Nothing of what this process made before, and nothing is kept either."""
    nothing: Remembered[Any] = Remembered(most=0)
    with (
        patch.object(parts, "_remembered", nothing),
        patch.object(made_of, "_refers", nothing),
        patch.object(log_lines, "_lines", nothing),
        patch.object(tags, "_once", nothing),
    ):
        yield
