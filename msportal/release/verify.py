#!/usr/bin/env python3
"""Checks a release of msportal: every byte of it, its signature, its log, its quotations.

    python verify.py [--key NAME+ID+KEY] [--head FILE|SEQ:HASH] [FOLDER]

Needs Python 3.9 or newer and nothing else; asks no network and writes nothing. FOLDER is the one
with this file unless another is given: whoever would not trust this copy takes one from elsewhere.
Each line that it prints names a file, where it can a line of it, and what is wrong. Exit status:
0 all holds, 1 something was found, 2 wrong use.
"""

from __future__ import annotations

import sys

if __name__ == "__main__":
    # Else what lies beside this file under the name of a module of Python's would be run first.
    sys.path.pop(0)

import argparse
import base64
import binascii
import hashlib
import json
import re
import stat
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

MANIFEST, NOTE = "manifest.json", "manifest.note"
LOG, SOURCES = "log", "source"
FORMAT = "msportal release 1"
"""What ``format`` of the manifest says."""

CHUNK = 1 << 20
LONGEST = 64 << 20
"""Bytes of one line, or of the manifest, that are taken in; what is longer is found, not read."""
LONGEST_NOTE = 64_000
WINDOW = 64
"""Lines over which a line that is gone or was put in is told from one that was changed."""
MOST = 100
"""Findings in one file that are printed; the others are counted."""
TEXTS = 16 << 20
"""Characters of documents that are held in memory at a time."""

Json = Any


class Bad(Exception):
    """What is wrong with a text; the message is the rest of a sentence."""


class NoNote(Bad):
    """It is nothing that was signed."""


class WrongUse(Exception):
    """What was asked for makes no sense."""


class Findings:
    """What is wrong, printed as it is found."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._by_file: dict[str, int] = {}

    def add(self, file: str, what: str, line: int = 0) -> None:
        """``line`` is counted from 1; 0 is the file as a whole."""
        number = self._by_file[file] = self._by_file.get(file, 0) + 1
        if number <= MOST:
            self._say(f"{file}, line {line}: {what}" if line else f"{file}: {what}")

    def close(self) -> int:
        """How many there are."""
        for file, number in self._by_file.items():
            if number > MOST:
                self._say(f"{file}: {number - MOST} more were found.")
        return sum(self._by_file.values())


# JSON, whoever wrote it.


def parsed(data: bytes) -> Json:
    """The value of a JSON text in UTF-8 that says nothing twice; ``Bad`` says why it is none."""
    try:
        return json.loads(
            data.decode("utf-8"),
            parse_constant=_no_constant,
            parse_int=_whole,
            object_pairs_hook=_once,
        )
    except UnicodeDecodeError as problem:
        raise Bad(f"is not UTF-8 (byte {problem.start + 1})") from None
    except json.JSONDecodeError as problem:
        raise Bad(f"is not JSON ({problem.msg}, character {problem.pos + 1})") from None
    except (RecursionError, MemoryError):
        raise Bad("is nested too deep, or too large, to be read") from None


def _no_constant(name: str) -> Json:
    raise Bad(f"is not JSON ({name})")


def _whole(digits: str) -> int:
    if len(digits) > 20:
        raise Bad("has a number of more than 20 digits")
    return int(digits)


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Bad("says a name twice in one object")
    return found


def an_object(value: Json) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise Bad("is no JSON object")
    return value


def text_in(value: dict[str, Json], name: str) -> str:
    found = value.get(name)
    if not isinstance(found, str):
        raise Bad(f"has no text as “{name}”")
    return found


def number_in(value: dict[str, Json], name: str) -> int:
    found = value.get(name)
    if not isinstance(found, int) or isinstance(found, bool) or found < 0:
        raise Bad(f"has no whole number as “{name}”")
    return found


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


# Ed25519 (RFC 8032): whether a signature is by a key. Points are (X, Y, Z, T) with x = X/Z, y = Y/Z
# and xy = T/Z on the curve -x² + y² = 1 + dx²y² over the field of P.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


def _add(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(number: int, point: Point) -> Point:
    found: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = _add(found, point)
        point = _add(point, point)
        number >>= 1
    return found


def _same(one: Point, other: Point) -> bool:
    return (one[0] * other[2] - other[0] * one[2]) % P == 0 and (
        one[1] * other[2] - other[1] * one[2]
    ) % P == 0


def _point(data: bytes) -> Point | None:
    """Section 5.1.3; None where the 32 bytes are no point."""
    whole = int.from_bytes(data, "little")
    y, sign = whole & ((1 << 255) - 1), whole >> 255
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_1 % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Section 5.1.7: whether the 64 bytes are a signature of the message by the key of 32."""
    if len(key) != 32 or len(signature) != 64:
        return False
    base = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    public, commitment = _point(key), _point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if base is None or public is None or commitment is None or scalar >= ORDER:
        return False
    hashed = hashlib.sha512(signature[:32] + key + message).digest()
    challenge = int.from_bytes(hashed, "little") % ORDER
    return _same(_times(scalar, base), _add(commitment, _times(challenge, public)))


# Signed notes and keys (C2SP signed-note), heads of the log.

HASH = re.compile("[0-9a-f]{64}")
SEQ_AND_HASH = re.compile("(0|[1-9][0-9]{0,17}):([0-9a-f]{64})")
NAME = re.compile("[^\\s+]{1,200}")
HEAD = re.compile(
    "(?P<log>[^\n]+)\n(?P<seq>0|[1-9][0-9]{0,17})\n(?P<hash>[0-9a-f]{64})\n"
    "(?:at (?P<at>[0-9TZ:.-]+)\n)?(?:manifest (?P<manifest>[0-9a-f]{64})\n)?"
)


class Key(NamedTuple):
    """Whose it is, and its public half."""

    name: str
    key: bytes

    @property
    def id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n\x01" + self.key).digest()[:4]


class Head(NamedTuple):
    """What a note says."""

    seq: int
    hash: str
    at: str = ""
    manifest: str = ""


def from_base64(text: str) -> bytes:
    """Empty where it is not the one way to write some bytes."""
    try:
        found = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return found if base64.b64encode(found).decode() == text else b""


def key_of(text: str) -> Key:
    name, _, rest = text.strip().partition("+")
    id_, _, written = rest.partition("+")
    data = from_base64(written)
    if not NAME.fullmatch(name) or len(data) != 33 or data[0] != 1:
        raise Bad("is no key, which is NAME+ID+KEY")
    found = Key(name, data[1:])
    if found.id.hex() != id_:
        raise Bad("is no key: its id is not that of its name and its bytes")
    return found


def opened(note: bytes, key: Key) -> Head:
    """The head that a note says, signed by this key; ``Bad`` says what is wrong with it."""
    if len(note) > LONGEST_NOTE:
        raise NoNote("is no signed note: it is too long")
    try:
        before, between, after = note.decode("utf-8").rpartition("\n\n")
    except UnicodeDecodeError:
        raise NoNote("is no signed note: it is not UTF-8") from None
    if not between or not after.endswith("\n"):
        raise NoNote("is no signed note: a text, an empty line, and lines of signatures")
    text, found = f"{before}\n", []
    for line in after[:-1].split("\n"):
        dash, _, rest = line.partition(" ")
        name, _, written = rest.partition(" ")
        data = from_base64(written)
        if dash != "—" or not NAME.fullmatch(name) or len(data) <= 4:
            raise NoNote("is no signed note: the line of a signature has another form")
        if name == key.name and data[:4] == key.id:
            found.append(data[4:])
    if not found:
        raise Bad(f"is not signed by the key {key.name}+{key.id.hex()}")
    if not all(is_signed(key.key, text.encode(), signature) for signature in found):
        raise Bad(f"its signature is not by {key.name}: the text or the signature was changed")
    said = HEAD.fullmatch(text)
    if said is None:
        raise Bad("is signed, but says no head of a log")
    if said["log"] != key.name:
        raise Bad(f"is of the log {said['log']}, and the key is of {key.name}")
    return Head(int(said["seq"]), said["hash"], said["at"] or "", said["manifest"] or "")


# Files, line by line.


class Line(NamedTuple):
    """A line with its line feed: where it begins, its SHA-256, its bytes unless it is too long."""

    number: int
    offset: int
    sha256: str
    data: bytes | None


class Whole:
    """What a file is as a whole, once all of it went by."""

    def __init__(self) -> None:
        self.size = self.lines = 0
        self.hash = hashlib.sha256()


def regular(path: Path) -> BinaryIO:
    """A file open to be read; ``OSError`` also for what is no file, and might never end."""
    if not stat.S_ISREG(path.lstat().st_mode):
        raise OSError(0, "it is no regular file")
    return path.open("rb")


def lines_of(path: Path, whole: Whole) -> Iterator[Line]:
    """The lines of a file, one in memory at a time."""
    with regular(path) as file:
        while True:
            part = file.readline(CHUNK)
            if not part:
                return
            offset, length, hashed, kept = whole.size, 0, hashlib.sha256(), [b""]
            while part:
                hashed.update(part)
                whole.hash.update(part)
                length += len(part)
                kept = [*kept, part] if length <= LONGEST else []
                part = b"" if part.endswith(b"\n") else file.readline(CHUNK)
            whole.size += length
            whole.lines += 1
            data = b"".join(kept) if length <= LONGEST else None
            yield Line(whole.lines, offset, hashed.hexdigest(), data)


class Ahead:
    """An iterator whose next items can be looked at."""

    def __init__(self, items: Iterator[str]) -> None:
        self._items = items
        self._next: deque[str] = deque()
        self.taken = 0

    def first(self) -> str | None:
        return self._next[0] if self._next or self._fill(1) else None

    def find(self, item: str) -> int:
        """How many come before it; 0: it is not near."""
        self._fill(WINDOW)
        for place, other in enumerate(self._next):
            if other == item:
                return place
        return 0

    def take(self) -> None:
        self._next.popleft()
        self.taken += 1

    def _fill(self, number: int) -> bool:
        while len(self._next) < number:
            item = next(self._items, None)
            if item is None:
                break
            self._next.append(item)
        return bool(self._next)


GONE, MORE, CHANGED = (
    "a line is missing here",
    "this line is not of the release",
    "this line was changed",
)
FROM_THE_OTHER_SIDE = {GONE: MORE, MORE: GONE, CHANGED: CHANGED}


def differences(there: Iterator[str], stated: Iterator[str]) -> Iterator[tuple[str, int, int]]:
    """What differs between two lists of hashes: what is wrong, at which line of each."""
    left, right = Ahead(there), Ahead(stated)
    while True:
        one, other = left.first(), right.first()
        if one is None and other is None:
            return
        if one == other:
            left.take()
            right.take()
            continue
        here = (left.taken + 1, right.taken + 1)
        gone = right.find(one) if one is not None else 1
        more = left.find(other) if other is not None else 1
        if one is None or (gone and other is not None and not 0 < more < gone):
            yield GONE, *here
            right.take()
        elif other is None or more:
            yield MORE, *here
            left.take()
        else:
            yield CHANGED, *here
            left.take()
            right.take()


# The release.


FILE = re.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}")


class Stated(NamedTuple):
    """What the manifest says of a file."""

    name: str
    size: int
    sha256: str
    type: str
    """Of what its lines are; empty of a file without such lines."""
    lines: int
    hashes: str
    """The file with the SHA-256 of each of its lines; empty where there is none."""


def stated_of(value: Json) -> Stated:
    said = an_object(value)
    name = text_in(said, "name")
    if not FILE.fullmatch(name):
        raise Bad("names a file that can be no file of a release")
    if not HASH.fullmatch(text_in(said, "sha256")):
        raise Bad(f"has no SHA-256 for {name}")
    hashes, type_ = said.get("line_hashes", ""), said.get("type", "")
    if not isinstance(hashes, str) or not isinstance(type_, str):
        raise Bad(f"has no text where one is due for {name}")
    if hashes and not FILE.fullmatch(hashes):
        raise Bad(f"names no file with the hashes of {name}")
    lines = number_in(said, "lines") if hashes else 0
    return Stated(name, number_in(said, "size"), said["sha256"], type_, lines, hashes)


class Texts:
    """The texts of documents that the release holds, read again where they stand."""

    def __init__(self) -> None:
        self._where: dict[str, tuple[Path, int]] = {}
        self._held: OrderedDict[str, str] = OrderedDict()
        self._size = 0

    def __len__(self) -> int:
        return len(self._where)

    def note(self, path: Path, offset: int, said: dict[str, Json]) -> None:
        for name, _ in _texts_in(said):
            self._where.setdefault(name, (path, offset))

    def text(self, name: str) -> str | None:
        """None where the release does not hold it."""
        if name in self._held:
            self._held.move_to_end(name)
            return self._held[name]
        if name not in self._where:
            return None
        path, offset = self._where[name]
        with regular(path) as file:
            file.seek(offset)
            found = dict(_texts_in(an_object(parsed(file.readline(LONGEST)))))[name]
        self._held[name] = found
        self._size += len(found)
        while self._size > TEXTS and len(self._held) > 1:
            self._size -= len(self._held.popitem(last=False)[1])
        return found


def _texts_in(said: dict[str, Json]) -> Iterator[tuple[str, str]]:
    documents = said.get("documents")
    for document in documents if isinstance(documents, list) else []:
        if isinstance(document, dict) and isinstance(document.get("text"), str):
            name = document.get("sha256")
            if isinstance(name, str) and document["text"]:
                yield name, document["text"]


class Log:
    """What is kept of the entries: of which version of which record each is, and some hashes."""

    def __init__(self, wanted: Iterable[int]) -> None:
        self.seq, self.hash, self.at = 0, "0" * 64, ""
        self.hashes: dict[int, str] = dict.fromkeys(wanted, "")
        if 0 in self.hashes:
            self.hashes[0] = self.hash
        self._versions, self._contents, self._names = bytearray(), bytearray(), bytearray()
        self._claims: set[bytes] = set()
        self.public: dict[tuple[Json, Json], int] = {}
        """By type and id, the entry that approved what is public of it at the end."""
        self.is_folded = True
        """Whether all actions are of those that are known here."""

    def take(self, said: dict[str, Json]) -> Iterator[str]:
        """The next entry; says what is wrong with it and goes on from what it states."""
        envelope, content = text_in(said, "envelope"), text_in(said, "canonical")
        stated = an_object(parsed(envelope.encode("utf-8", "surrogatepass")))
        seq, hash_ = number_in(stated, "seq"), text_in(said, "hash")
        if sha256(envelope) != hash_:
            yield "its hash is not the SHA-256 of its envelope"
        if sha256(content) != stated.get("digest"):
            yield "its digest is not the SHA-256 of its content"
        if seq != self.seq + 1 or said.get("seq") != seq:
            yield f"it is entry {seq}, after entry {self.seq}"
        if stated.get("previous") != self.hash:
            yield "it does not name the hash of the entry before it"
        record = an_object(parsed(content.encode("utf-8", "surrogatepass")))
        if [record.get("type"), record.get("id")] != [stated.get("type"), stated.get("id")]:
            yield "its content is another record's"
        self.seq, self.hash, self.at = self.seq + 1, hash_, str(stated.get("at", ""))
        if self.seq in self.hashes:
            self.hashes[self.seq] = hash_
        version = (stated.get("type"), stated.get("id"), stated.get("version"))
        self._versions += _short(version)
        self._contents += _short((*version, stated.get("digest")))
        self._names += _short((*version, record.get("name"), record.get("slug")))
        self._fold(stated.get("action"), version[:2], record)

    def _fold(self, action: Json, of: tuple[Json, Json], record: dict[str, Json]) -> None:
        if action == "approve":
            self.public[of] = self.seq
            claims = record.get("claims")
            for claim in claims if isinstance(claims, list) else ():
                if isinstance(claim, dict):
                    self._claims.add(_short((self.seq, *_told(claim))))
        elif action == "withdraw":
            self.public.pop(of, None)
        elif action != "standing":
            self.is_folded = False

    def is_called(self, seq: int, *of: Json) -> bool:
        """Whether entry ``seq`` gives this type, id and version this name and slug."""
        return self._names[16 * (seq - 1) : 16 * seq] == _short(of)

    def says(self, seq: int, claim: dict[str, Json]) -> bool:
        """Whether the version that entry ``seq`` approved has this claim, in these words, on these
        passages.
        """
        return _short((seq, *_told(claim))) in self._claims

    def has(self, seq: int, *of: Json) -> bool:
        """Whether entry ``seq`` is of this type, id and version, and of this digest if given."""
        kept = self._contents if len(of) == 4 else self._versions
        return 0 < seq <= self.seq and kept[16 * (seq - 1) : 16 * seq] == _short(of)


def _told(claim: dict[str, Json]) -> tuple[Json, ...]:
    """What is compared of a claim, in a content and in an answer."""
    evidence = claim.get("evidence")
    passages = sorted(
        (str(item.get("id")), str(item.get("direction")), str(passage.get("exact") or ""))
        for item in (evidence if isinstance(evidence, list) else ())
        if isinstance(item, dict)
        for passage in [item.get("passage")]
        if isinstance(passage, dict)
    )
    return (*(claim.get(name) for name in ("id", "topic", "text", "certainty")), passages)


def _short(values: tuple[Json, ...]) -> bytes:
    return hashlib.sha256(json.dumps(values).encode()).digest()[:16]


class Release:
    """A folder, and what is found in it."""

    def __init__(self, folder: Path, findings: Findings) -> None:
        self.folder, self.findings = folder, findings
        self.files: dict[str, Stated] = {}
        self.texts = Texts()
        self.key: Key | None = None
        """The reader's, or else the one that the manifest names."""
        self.passages = self.rows = 0
        self.records: dict[Json, int] = {}
        """By type, how many lines were of records as the log has them."""
        self.log = Log(())

    # What holds the rest together.

    def manifest(self) -> tuple[bytes, dict[str, Json]]:
        """Its bytes and what it says; what cannot be read is found."""
        data = self._small(MANIFEST, LONGEST)
        try:
            said = an_object(parsed(data)) if data else {}
            listed = said.get("files")
            if data and said.get("format") != FORMAT:
                raise Bad(f"is of another format than “{FORMAT}”")
            for value in listed if isinstance(listed, list) else []:
                stated = stated_of(value)
                self.files[stated.name] = stated
        except Bad as problem:
            self.findings.add(MANIFEST, f"{problem}.")
            return data, {}
        return data, said

    def _small(self, name: str, most: int) -> bytes:
        try:
            with regular(self.folder / name) as file:
                data = file.read(most + 1)
        except FileNotFoundError:
            self.findings.add(name, "is missing.")
            return b""
        except OSError as problem:
            self.findings.add(name, f"cannot be read: {problem.strerror}.")
            return b""
        if not data or len(data) > most:
            self.findings.add(name, f"is {'longer than a file of its kind' if data else 'empty'}.")
            return b""
        return data

    def signature(self, manifest: bytes, said: dict[str, Json], key: Key | None) -> Head | None:
        """The head that the note says, where it holds: for the manifest, by the key."""
        note = self._small(NOTE, LONGEST_NOTE)
        try:
            own = key_of(text_in(said, "key")) if said else None
        except Bad as problem:
            self.findings.add(MANIFEST, f"what it names as the key {problem}.")
            own = None
        if key and own and key != own:
            self.findings.add(MANIFEST, f"it names another key than {key.name}+{key.id.hex()}.")
        with_ = self.key = key or own
        if not note or with_ is None:
            self.findings.add(NOTE, "was not checked, nor with it the manifest.")
            return None
        try:
            head = opened(note, with_)
        except Bad as problem:
            self.findings.add(NOTE, f"{problem}. The manifest was not checked against it.")
            return None
        if hashlib.sha256(manifest).hexdigest() != head.manifest:
            self.findings.add(
                MANIFEST, "was changed: it is not the one that the note is signed for."
            )
        elif _head_in(said) != head[:3]:
            self.findings.add(MANIFEST, "says another head of the log than the note.")
        return head

    # Files.

    def folder_listing(self) -> None:
        """Nothing else is there, and nothing is missing."""
        there = {path.name for path in self.folder.iterdir()}
        for name in sorted(there - {*self.files, MANIFEST, NOTE}):
            self.findings.add(name, "is not of this release.")
        for name in sorted(self.files.keys() - there):
            self.findings.add(name, "is missing.")

    def bytes_alone(self) -> dict[str, bool]:
        """By name, whether each file without hashes of its lines is as the manifest has it."""
        found = {}
        for name, stated in self.files.items():
            if not stated.hashes:
                whole = Whole()
                try:
                    for _ in lines_of(self.folder / name, whole):
                        pass
                except OSError as problem:
                    self._unreadable(name, problem)
                else:
                    found[name] = self._is_same(stated, whole)
        beside = {stated.hashes for stated in self.files.values()}
        for name in sorted(found.keys() - beside):
            if not found[name]:
                self.findings.add(name, "was changed.")
        return found

    def _unreadable(self, name: str, problem: OSError) -> None:
        if not isinstance(problem, FileNotFoundError):  # that was said
            self.findings.add(name, f"cannot be read: {problem.strerror}.")

    def _is_same(self, stated: Stated, whole: Whole) -> bool:
        return (whole.size, whole.hash.hexdigest()) == (stated.size, stated.sha256)

    def file(self, stated: Stated, hashes_hold: bool | None, look: Callable[[Line], None]) -> None:
        """A file of lines: each against its hash, and each is looked at. ``hashes_hold``: whether
        the file with the hashes is as the manifest has it; None where it cannot be read.
        """
        path, beside = self.folder / stated.name, self.folder / stated.hashes
        whole, found = Whole(), list[tuple[str, int, int]]()
        for one in differences(self._looked(path, whole, look), self._hashes(beside)):
            if len(found) <= MOST and hashes_hold is not None:
                found.append(one)
        same = self._is_same(stated, whole)
        if not same:
            for what, line, _ in found:
                self.findings.add(stated.name, f"{what}.", line)
            if not found and whole.lines:
                self.findings.add(stated.name, "was changed.")
        if hashes_hold is False:
            for what, _, line in found if same else ():
                self.findings.add(stated.hashes, f"{FROM_THE_OTHER_SIDE[what]}.", line)
            if not same or not found:
                self.findings.add(stated.hashes, "was changed.")
        if same and whole.lines != stated.lines:
            self.findings.add(MANIFEST, f"it counts {stated.lines} lines in {stated.name}.")

    def _looked(self, path: Path, whole: Whole, look: Callable[[Line], None]) -> Iterator[str]:
        try:
            for line in lines_of(path, whole):
                look(line)
                yield line.sha256
        except OSError as problem:
            self._unreadable(path.name, problem)

    def _hashes(self, path: Path) -> Iterator[str]:
        """What cannot be read was said."""
        try:
            for line in lines_of(path, Whole()):
                yield (line.data or b"")[:200].decode("ascii", "replace").rstrip("\n")
        except OSError:
            return

    # What the lines say.

    def entry(self, name: str, line: Line) -> None:
        """Of the log."""
        try:
            for what in self.log.take(self._said(line)):
                self.findings.add(name, f"{what}.", line.number)
        except Bad as problem:
            self.findings.add(name, f"{problem}.", line.number)

    def _said(self, line: Line) -> dict[str, Json]:
        if line.data is None:
            raise Bad(f"is longer than {LONGEST >> 20} MB and was not read")
        return an_object(parsed(line.data))

    def record(self, stated: Stated, line: Line, before: list[str]) -> None:
        """Of a file of records or claims; ``before`` holds the id of the line before."""
        try:
            said = self._said(line)
            self.rows += 1
            id_ = text_in(said, "id")
            if before and id_ <= before[0]:
                self.findings.add(stated.name, "its id is not after that before it.", line.number)
            before[:] = [id_]
            self._in_the_log(stated, said, line)
            if stated.type == SOURCES:
                self.texts.note(self.folder / stated.name, line.offset, said)
            for what in self._misquoted(said):
                self.findings.add(stated.name, f"{what}.", line.number)
        except Bad as problem:
            self.findings.add(stated.name, f"{problem}.", line.number)

    def _in_the_log(self, stated: Stated, said: dict[str, Json], line: Line) -> None:
        """The entry that a record or a claim names approved this very version of it."""
        seq, version = number_in(said, "seq"), number_in(said, "version")
        of: tuple[Json, ...]
        if "subject" in said:
            subject = an_object(said["subject"])
            of = (text_in(subject, "type"), text_in(subject, "id"), version)
        else:
            of = (stated.type, text_in(said, "id"), version, text_in(said, "digest"))
        if not self.log.has(seq, *of):
            what = f"entry {seq} of the log is not of version {version} of {of[0]} {of[1]}"
            digest = " with this digest" if len(of) == 4 else ""
            self.findings.add(stated.name, f"{what}{digest}.", line.number)
            return
        for what in self._otherwise(said, seq, of):
            self.findings.add(stated.name, f"{what}.", line.number)

    def _otherwise(self, said: dict[str, Json], seq: int, of: tuple[Json, ...]) -> Iterator[str]:
        """What a record or a claim says that its entry does not."""
        if self.log.is_folded and self.log.public.get((of[0], of[1])) != seq:
            yield f"entry {seq} is not what the log has last of {of[0]} {of[1]}"
        claims = said.get("claims", [])
        if "subject" in said:
            claims = [said]
        elif not self.log.is_called(seq, *of[:3], said.get("name"), said.get("slug")):
            yield f"entry {seq} has another name or slug"
        else:
            self.records[of[0]] = self.records.get(of[0], 0) + 1
        for claim in claims if isinstance(claims, list) else ():
            if not isinstance(claim, dict) or not self.log.says(seq, claim):
                id_ = claim.get("id") if isinstance(claim, dict) else claim
                yield f"entry {seq} has no claim {id_} in these words on these passages"

    def all_there(self) -> None:
        """Whatever the log leaves public of a type is in the file of that type."""
        if not self.log.is_folded:
            return
        for stated in self.files.values():
            there = self.records.get(stated.type, 0)
            public = sum(of == stated.type for of, _ in self.log.public)
            if public and stated.name.endswith(".ndjson") and there != public:
                what = f"it holds {there} of the {public} records that the log leaves public."
                self.findings.add(stated.name, what)

    def _misquoted(self, said: Json) -> Iterator[str]:
        """Every passage in a line whose text is here is in that text, where it says."""
        todo = [said]
        while todo:
            value = todo.pop()
            if isinstance(value, list):
                todo += value
            elif isinstance(value, dict):
                todo += value.values()
                if isinstance(value.get("exact"), str) and isinstance(value.get("document"), dict):
                    yield from self._passage(value)

    def _passage(self, passage: dict[str, Json]) -> Iterator[str]:
        name, start, end = (
            passage["document"].get("sha256"),
            passage.get("start"),
            passage.get("end"),
        )
        text = self.texts.text(name) if isinstance(name, str) else None
        if text is None or start is None:
            return
        self.passages += 1
        whole = isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)
        if not whole or text[start:end] != passage["exact"]:
            yield f"a passage is not in the text of document {name}, at {start} to {end}"

    def heads(self, heads: list[tuple[str, Head]]) -> None:
        """The log of the release holds each of them."""
        name = next((s.name for s in self.files.values() if s.type == LOG), f"{LOG}.ndjson")
        for what, head in heads:
            if head.seq > self.log.seq:
                self.findings.add(
                    name, f"it ends with entry {self.log.seq}, before {what}, entry {head.seq}."
                )
            elif self.log.hashes.get(head.seq) != head.hash:
                self.findings.add(name, f"entry {head.seq} has another hash than {what}.", head.seq)


def _head_in(said: dict[str, Json]) -> tuple[Json, ...]:
    log = said.get("log")
    return tuple(log.get(name) for name in ("seq", "hash", "at")) if isinstance(log, dict) else ()


class Kept(NamedTuple):
    """A head of the log that the reader kept: as it is, or in a note."""

    name: str
    head: Head | None = None
    note: bytes = b""


def check(folder: Path, key: Key | None, kept: Kept | None, say: Callable[[str], None]) -> int:
    """Everything; how much was found."""
    findings = Findings(say)
    release = Release(folder, findings)
    manifest, said = release.manifest()
    signed = release.signature(manifest, said, key)
    heads = [("the head in the note", signed)] if signed else []
    heads += _kept_heads(kept, release.key, findings) if kept else []
    release.log = Log(head.seq for _, head in heads)
    release.folder_listing()
    holds = release.bytes_alone()
    with_lines = [stated for stated in release.files.values() if stated.hashes]
    order = {LOG: 0, SOURCES: 1}
    for stated in sorted(with_lines, key=lambda one: order.get(one.type, 2)):
        release.file(stated, holds.get(stated.hashes), _look(release, stated))
    release.heads(heads)
    release.all_there()
    found = findings.close()
    say(_summary(release, said, found))
    if key is None:
        say(
            "The key was taken from the release itself: this shows whether anything was damaged, "
            "and not who made it. Give --key with the key as you know it from the site."
        )
    return found


def _kept_heads(kept: Kept, key: Key | None, findings: Findings) -> list[tuple[str, Head]]:
    head = kept.head
    if head is None and key is None:
        findings.add(kept.name, "was not checked, without a key.")
    elif head is None and key is not None:
        try:
            head = opened(kept.note, key)
        except NoNote as problem:
            raise WrongUse(f"--head {kept.name}: it {problem}.") from None
        except Bad as problem:
            findings.add(kept.name, f"{problem}.")
    return [("the head that you kept", head)] if head else []


def _look(release: Release, stated: Stated) -> Callable[[Line], None]:
    """What is asked of each line of a file."""
    before: list[str] = []
    if stated.type == LOG:
        return lambda line: release.entry(stated.name, line)
    if stated.type and stated.name.endswith(".ndjson"):
        return lambda line: release.record(stated, line, before)
    return lambda line: None


def _summary(release: Release, said: dict[str, Json], found: int) -> str:
    if found:
        return f"{found} found."
    return (
        f"All holds: {len(release.files) + 2} files; a log of {release.log.seq} entries up to "
        f"{release.log.hash}; {release.rows} records and claims; {release.passages} passages in "
        f"{len(release.texts)} texts. Addresses begin with {said.get('origin')}."
    )


# Use.


def _kept(text: str) -> Kept:
    found = SEQ_AND_HASH.fullmatch(text.strip().lower())
    if found:
        return Kept(text, Head(int(found[1]), found[2]))
    try:
        with regular(Path(text)) as file:
            return Kept(text, note=file.read(LONGEST_NOTE + 1))
    except OSError as problem:
        why = problem.strerror
        raise WrongUse(f"--head {text}: neither SEQ:HASH nor a file ({why}).") from None


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="verify.py", description="Checks a release of msportal: every byte, signature, log."
    )
    parser.add_argument("--key", metavar="NAME+ID+KEY", help="the key as you know it from the site")
    parser.add_argument(
        "--head",
        metavar="FILE|SEQ:HASH",
        help="a head of the log that you kept: signed, in a file, or number and hash",
    )
    here = Path(__file__).resolve().parent
    parser.add_argument("folder", nargs="?", type=Path, default=here, help="the release")
    return parser.parse_args(arguments)


def _say(line: str) -> None:
    shown = "".join(c if c.isprintable() else repr(c)[1:-1] for c in line)
    encoding = sys.stdout.encoding or "ascii"
    sys.stdout.write(shown.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def main(arguments: list[str] | None = None) -> int:
    asked = _arguments(arguments)
    try:
        if not asked.folder.is_dir():
            raise WrongUse(f"{asked.folder} is no folder.")
        key = key_of(asked.key) if asked.key is not None else None
        kept = _kept(asked.head) if asked.head is not None else None
        return 1 if check(asked.folder, key, kept, _say) else 0
    except WrongUse as problem:
        sys.stderr.write(f"verify.py: {problem}\n")
    except Bad as problem:
        sys.stderr.write(f"verify.py: --key {problem}.\n")
    except OSError as problem:
        sys.stderr.write(f"verify.py: {problem}\n")
    return 2


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
