"""What all tests of what agents are given need."""

from collections.abc import Callable, Iterator

import pytest

from tests.msportal.agents.calling import connection_kept

FILL = "from tests.small_base import later, small_base; later(small_base())"


@pytest.fixture(autouse=True)
def _connection_of_the_test_is_kept() -> Iterator[None]:
    with connection_kept():
        yield


@pytest.fixture
def filled(filled_copy: Callable[[str], str]) -> str:
    """A database with the small base and what came later."""
    return filled_copy(FILL)
