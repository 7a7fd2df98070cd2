"""Writes a release, whole or not at all."""

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from msportal.exporting import sheets
from msportal.exporting.kinds import KINDS, Kind
from msportal.exporting.moment import Moment
from msportal.release import graph, manifest
from msportal.release.manifest import Folder
from msportal.release.readme import readme
from publication import log, signed_heads
from publication.notes import Signer

VERIFIER = Path(__file__).with_name("verify.py")


class NoRoom(Exception):
    """The release cannot be put there; the message says why and what to do."""


class Watch(Protocol):
    """Hands on what is written, and shows how far it is."""

    def __call__(self, items: Iterable[bytes], label: str, total: int) -> Iterable[bytes]: ...


def write(where: Path, moment: Moment, signer: Signer, watch: Watch) -> None:
    """The files of a release, in a new folder or an empty one; ``NoRoom``, ``OSError``.

    The caller holds one snapshot of the database. Until all is on disk, the folder has another
    name beside the one that is asked for, which a process that is killed leaves there.
    """
    at = log.stamp_at(moment.seq)
    with _beside(where) as path:
        folder = Folder(path)
        for kind in KINDS:
            _kind(folder, kind, moment, watch)
        graph_lines = watch(graph.lines(moment), graph.NAME, graph.count(moment))
        folder.rows(graph.NAME, graph_lines)
        folder.text("README.txt", readme(moment, at, signer.verifier))
        folder.text("verify.py", VERIFIER.read_bytes())
        told = manifest.manifest(folder.files, moment, at, signer.verifier)
        folder.text(manifest.MANIFEST, told)
        sha256 = hashlib.sha256(told).hexdigest()
        folder.text(manifest.NOTE, signed_heads.signed(signer, moment.head, at, sha256))


def _kind(folder: Folder, kind: Kind, moment: Moment, watch: Watch) -> None:
    """The lines, and the table that is made of them, which are read where they were written."""
    name = f"{kind.name}.ndjson"
    lines = watch(kind.lines(moment), name, kind.count(moment))
    folder.rows(name, (line + b"\n" for line in lines), of=kind.type)
    if kind.sheet:
        with (folder.path / name).open("rb") as file:
            table = sheets.written(kind.sheet, file)
            total = kind.row_count(moment) + 1
            folder.rows(f"{kind.name}.csv", watch(table, f"{kind.name}.csv", total), head=1)


@contextmanager
def _beside(where: Path) -> Iterator[Path]:
    """A folder that has its name when all in it was done, and is gone when not."""
    _require_free(where)
    path = where.with_name(f".{where.name}.{secrets.token_hex(4)}.unfinished")
    path.mkdir()
    try:
        yield path
        _sync(path)
        try:
            path.rename(where)
        except OSError as problem:
            raise NoRoom(f"{where} cannot be made: {problem.strerror}.") from problem
        _sync(where.parent)
    except BaseException:
        shutil.rmtree(path, ignore_errors=True)
        raise


def _require_free(where: Path) -> None:
    if not where.name or not where.parent.is_dir():
        raise NoRoom(f"{where} cannot be made: its parent is no folder.")
    if where.is_symlink() or (where.exists() and not where.is_dir()):
        raise NoRoom(f"{where} is there already, and no folder: say another one.")
    if where.exists() and any(where.iterdir()):
        raise NoRoom(f"{where} is not empty: say a new folder, or an empty one.")


def _sync(folder: Path) -> None:
    """The names in a folder, on disk."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
