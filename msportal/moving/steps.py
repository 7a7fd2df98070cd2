"""A move from its first step to its last."""

from collections.abc import Callable
from contextlib import closing
from typing import Any

from django.db import Error
from django.db.backends.base.base import BaseDatabaseWrapper
from tqdm import tqdm

from msportal.moving import counters, ends, tables
from msportal.moving.errors import NotMoved, in_words
from msportal.moving.tables import Table, Tally
from msportal.roles import keeping
from publication import log, rules
from publication.models import LogHead
from publication.outage import CommitUnknown
from publication.search import matching

Tell = Callable[[str], object]


def move(config: dict[str, Any], *, tell: Tell, verified: Callable[[], bool]) -> int:
    """Copy the site's database into the empty one of ``config``: rows first, then the rules, then
    the checks; the number of the newest entry that went along.

    ``NotMoved`` when something stands in the way, ``CommitUnknown`` when nobody can say.
    """
    try:
        with ends.source() as source, ends.target(config, source) as target:
            head = LogHead.objects.using(source.alias).get(pk=1)
            tell(f"Moving the log up to entry {head.seq}, hash {head.hash}.")
            if others := tables.unknown(source):
                tell(f"Left out, for msportal knows nothing of them: {', '.join(others)}.")
            going = tables.of_the_project()
            number = _copy(going, source, target)
            target.check_constraints()
            rules.install(target)
            matching.index_anew(target)
            if target.vendor == "postgresql":
                keeping.grant(target)
            elif source.vendor == "postgresql":
                # PostgreSQL keeps the values of a JSON object, and not their order.
                for _ in log.rebuild():
                    pass
            tell(
                f"Copied {number} rows of {len(going)} tables, the same on both sides. Left out: "
                "who is signed in, and who failed to sign in."
            )
            if not verified():
                raise NotMoved(
                    "The checks found something in the copy. Run “manage.py verify” on the "
                    "database to be moved, and mend first what it names there."
                )
            return head.seq
    except CommitUnknown:
        raise
    except Error as problem:
        raise NotMoved(f"The database answered: {in_words(problem)}.") from problem
    except OSError as problem:
        raise NotMoved(f"A file cannot be read or written: {problem}.") from problem


def _copy(going: list[Table], source: BaseDatabaseWrapper, target: BaseDatabaseWrapper) -> int:
    """All rows; each table is read back and compared. The number of them."""
    total = sum(table.count(source) for table in going)
    for table in going:
        table.empty(target)
    with tqdm(total=2 * total, unit="row", disable=None) as bar:
        for table in going:
            out, back = Tally(table), Tally(table)
            with closing(table.rows(source)) as rows:
                table.write(target, out.over(rows, bar.update))
            for _ in back.over(table.rows(target), bar.update):
                pass
            if out.told != back.told:
                raise NotMoved(
                    f"Table {table.name} came otherwise than it went: {out.told[0]} rows with "
                    f"digest {out.told[1]}, {back.told[0]} rows with digest {back.told[1]}."
                )
            number = counters.highest_given(table.model, source)
            counters.go_on_after(number, table.model, target)
    return total
