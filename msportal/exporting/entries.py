"""Lines of the publication log: of each entry the stored texts, which the chain is made of."""

from collections.abc import Iterator

from msportal.exporting.moment import Moment
from publication import log
from publication.canonical import canonical

BATCH = 50
COLUMNS = ("seq", "hash", "envelope", "content")


def entries(moment: Moment) -> Iterator[bytes]:
    """``{"canonical", "envelope", "hash", "seq"}``, named as in ``log/<seq>/``; oldest first."""
    for after in range(0, moment.seq, BATCH):
        upto = min(after + BATCH, moment.seq)
        for seq, hash_, envelope, content in log.stretch(after, upto).values_list(*COLUMNS):
            said = {"canonical": content, "envelope": envelope, "hash": hash_, "seq": seq}
            yield canonical(said).encode()
    moment.require_same_log()


def entry_count(moment: Moment) -> int:
    return moment.seq
