"""What all tests of what agents are given need."""

from collections.abc import Callable, Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

FILL = "from tests.small_base import later, small_base; later(small_base())"


@pytest.fixture(autouse=True)
def _connection_of_the_test_is_kept() -> Iterator[None]:
    """A request ends the connection on which a test has its transaction; Django's test client sees
    to that, and these requests are made without it.
    """
    around = (request_started, request_finished)
    for signal in around:
        signal.disconnect(close_old_connections)
    yield
    for signal in around:
        signal.connect(close_old_connections)


@pytest.fixture
def filled(filled_copy: Callable[[str], str]) -> str:
    """A database with the small base and what came later."""
    return filled_copy(FILL)
