"""A generated base on a PostgreSQL server of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.environment import environment
from tests.databases import run_manage
from tests.postgres import Unavailable, a_database_of, owner_of, throwaway_cluster

__all__ = ["Unavailable", "on_postgresql"]


@contextmanager
def on_postgresql(file: Path) -> Iterator[str]:
    """The URL of a copy; ``Unavailable`` where no server can be started."""
    own = environment(file)
    with throwaway_cluster() as cluster, owner_of(cluster.url) as owner:
        url = a_database_of(owner)
        run_manage(own["DATABASE_URL"], "move_to", url, **own)
        yield url
