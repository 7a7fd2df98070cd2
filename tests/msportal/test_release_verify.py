"""The verifier of a release: it names what was changed, wherever that is, whoever changed it."""

import ast
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from msportal.release import verify
from publication import log, log_key, signed_heads
from publication.anchors import Anchor
from publication.canonical import canonical
from publication.notes import Signer
from tests.lanes import LANE, examples
from tests.msportal.releasing import open_source, release, verified
from tests.small_base import small_base

SIGNER = Signer("example.org/log", bytes(range(32)))
KEY = verify.key_of(str(SIGNER.verifier))
PROGRAM = Path(verify.__file__)
A_FILE = 60 if LANE != "long" else 10**9
"""Places in a file that are changed, one at a time."""


@pytest.fixture(scope="module")
def whole(module_rows: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    small_base()
    open_source()
    return release(tmp_path_factory.mktemp("release") / "whole", signer=SIGNER)


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """A copy to be changed."""
    return Path(shutil.copytree(whole, tmp_path / "copy"))


def names() -> list[str]:
    ends = ("ndjson", "csv", "ndjson.lines.sha256", "csv.lines.sha256")
    kinds = ("therapies", "mechanisms", "sources", "claims")
    return [
        *(f"{kind}.{end}" for kind in kinds for end in ends),
        *("log.ndjson", "log.ndjson.lines.sha256", "records.jsonld", "records.jsonld.lines.sha256"),
        *("README.txt", "verify.py", "manifest.json", "manifest.note"),
    ]


def test_every_file_is_tried_here(whole: Path) -> None:
    assert sorted(names()) == sorted(path.name for path in whole.iterdir())
    assert verified(whole) == verified(whole, key=KEY) == []


def places(data: bytes) -> list[int]:
    """All, or of a large file the first, the last, those at ends of lines, and some between."""
    if len(data) <= A_FILE:
        return list(range(len(data)))
    ends = [place for place, byte in enumerate(data) if byte == 10]
    near = [place + by for place in ends[: A_FILE // 6] for by in (0, 1)]
    found = {0, len(data) - 1, *near, *range(0, len(data), max(1, len(data) // (A_FILE // 2)))}
    return sorted(place for place in found if place < len(data))


@pytest.mark.parametrize("name", names())
def test_one_changed_byte_is_named_by_file_and_line(folder: Path, name: str) -> None:
    path = folder / name
    data = path.read_bytes()
    by_line = name.endswith((".ndjson", ".csv", ".jsonld", ".lines.sha256"))
    tried = range(len(data)) if name == "manifest.note" else places(data)
    for place in tried:
        changed = bytearray(data)
        changed[place] ^= 1 << (place % 8)
        path.write_bytes(changed)
        said = verified(folder, key=KEY)
        line = data[:place].count(b"\n") + 1
        where = f"{name}, line {line}: " if by_line else f"{name}: "
        assert [what for what in said if what.startswith(where)], (place, said)
    path.write_bytes(data)
    assert verified(folder, key=KEY) == []


CHANGES: dict[str, Callable[[list[bytes]], tuple[list[bytes], str]]] = {
    "first gone": lambda lines: (lines[1:], "line 1: a line is missing here."),
    "last gone": lambda lines: (lines[:-1], f"line {len(lines)}: a line is missing here."),
    "one more": lambda lines: (
        [lines[0], b"{}\n", *lines[1:]],
        "line 2: this line is not of the release.",
    ),
    "one twice": lambda lines: (
        [*lines, lines[0]],
        f"line {len(lines) + 1}: this line is not of the release.",
    ),
    "bytes behind": lambda lines: (
        [*lines, b" "],
        f"line {len(lines) + 1}: this line is not of the release.",
    ),
    "end gone": lambda lines: (
        [*lines[:-1], lines[-1][:-1]],
        f"line {len(lines)}: this line was changed.",
    ),
    "exchanged": lambda lines: ([lines[1], lines[0], *lines[2:]], "line 1: "),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", ["claims.ndjson", "claims.csv", "log.ndjson"])
def test_line_that_is_gone_or_put_in_is_named(folder: Path, name: str, change: str) -> None:
    path = folder / name
    lines, words = CHANGES[change](path.read_bytes().splitlines(keepends=True))
    path.write_bytes(b"".join(lines))
    said = verified(folder, key=KEY)
    assert [what for what in said if what.startswith(f"{name}, {words}")], said


@pytest.mark.parametrize("name", names())
def test_file_that_is_missing_or_empty_is_named(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"")
    assert any(what.startswith((f"{name}:", f"{name},")) for what in verified(folder, key=KEY))
    (folder / name).unlink()
    assert f"{name}: is missing." in verified(folder, key=KEY)


def test_file_that_is_not_of_the_release_is_named(folder: Path) -> None:
    (folder / "more.txt").touch()
    (folder / "folder").mkdir()
    (folder / "caf\udce9\n").touch()
    assert verified(folder, key=KEY) == [
        "caf\udce9\n: is not of this release.",
        "folder: is not of this release.",
        "more.txt: is not of this release.",
    ]


@pytest.mark.parametrize("name", names())
def test_what_is_no_file_is_not_read(folder: Path, name: str) -> None:
    """A pipe would be waited for, a link leads elsewhere."""
    (folder / name).rename(folder.parent / "elsewhere")
    os.mkfifo(folder / name)
    assert any(what.startswith(f"{name}: cannot be read") for what in verified(folder, key=KEY))
    (folder / name).unlink()
    (folder / name).symlink_to(folder.parent / "elsewhere")
    assert any(what.startswith(f"{name}: cannot be read") for what in verified(folder, key=KEY))


def test_no_finding_hides_another(folder: Path) -> None:
    for name in ("README.txt", "claims.ndjson", "log.ndjson", "sources.csv"):
        data = bytearray((folder / name).read_bytes())
        data[-20] ^= 1
        (folder / name).write_bytes(data)
    (folder / "therapies.csv").unlink()
    (folder / "more").touch()
    said = verified(folder, key=KEY)
    for name in (
        "README.txt",
        "claims.ndjson",
        "log.ndjson",
        "sources.csv",
        "therapies.csv",
        "more",
    ):
        assert any(what.startswith(name) for what in said), name


# Somebody who makes hashes and manifest anew, with another key or none.


def remade(folder: Path, signer: Signer = SIGNER, **more: Any) -> None:
    """The hashes and the manifest of the files as they are, signed."""
    said = json.loads((folder / "manifest.json").read_text()) | more
    for file in said["files"]:
        if beside := file.get("line_hashes"):
            lines = (folder / file["name"]).read_bytes().splitlines(keepends=True)
            hashes = "".join(f"{hashlib.sha256(line).hexdigest()}\n" for line in lines)
            (folder / beside).write_text(hashes)
            file["lines"] = len(lines)
    for file in said["files"]:
        data = (folder / file["name"]).read_bytes()
        file |= {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    data = canonical(said).encode()
    (folder / "manifest.json").write_bytes(data)
    anchor = Anchor(said["log"]["seq"], said["log"]["hash"])
    sha256 = hashlib.sha256(data).hexdigest()
    (folder / "manifest.note").write_bytes(
        signed_heads.signed(signer, anchor, said["log"]["at"], sha256)
    )


def changed(folder: Path, name: str, place: int, change: Callable[[dict[str, Any]], Any]) -> None:
    lines = (folder / name).read_bytes().splitlines(keepends=True)
    said = json.loads(lines[place])
    change(said)
    lines[place] = json.dumps(said, ensure_ascii=False).encode() + b"\n"
    (folder / name).write_bytes(b"".join(lines))


def test_whoever_has_another_key_cannot_sign(folder: Path) -> None:
    other = Signer("example.org/log", bytes(32))
    remade(folder, other, key=str(other.verifier))
    assert verified(folder) == []  # whole in itself, which is all that it shows
    said = verified(folder, key=KEY)
    assert said[0].startswith("manifest.json: it names another key than example.org/log+")
    assert said[1].startswith("manifest.note: is not signed by the key example.org/log+")
    assert len(said) == 2


def envelope(said: dict[str, Any], **members: Any) -> None:
    text = canonical(json.loads(said["envelope"]) | members)
    said["envelope"], said["hash"] = text, hashlib.sha256(text.encode()).hexdigest()


FORGED: dict[str, tuple[str, int, Callable[[dict[str, Any]], Any], str]] = {
    "content": (
        "log.ndjson",
        1,
        lambda said: said.update(canonical=said["canonical"].replace("B cells", "T cells")),
        "log.ndjson, line 2: its digest is not the SHA-256 of its content.",
    ),
    "envelope": (
        "log.ndjson",
        1,
        lambda said: said.update(envelope=said["envelope"].replace("Rob", "Bob")),
        "log.ndjson, line 2: its hash is not the SHA-256 of its envelope.",
    ),
    "chain": (
        "log.ndjson",
        1,
        lambda said: envelope(said, note="Other."),
        "log.ndjson, line 3: it does not name the hash of the entry before it.",
    ),
    "number": (
        "log.ndjson",
        1,
        lambda said: envelope(said, seq=7),
        "log.ndjson, line 2: it is entry 7, after entry 1.",
    ),
    "head": (
        "log.ndjson",
        4,
        lambda said: envelope(said, note="Other."),
        "log.ndjson, line 5: entry 5 has another hash than the head in the note.",
    ),
    "version": (
        "mechanisms.ndjson",
        0,
        lambda said: said.update(version=2),
        "mechanisms.ndjson, line 1: entry 2 of the log is not of version 2 of mechanism ",
    ),
    "digest": (
        "mechanisms.ndjson",
        0,
        lambda said: said.update(digest="0" * 64),
        "mechanisms.ndjson, line 1: entry 2 of the log is not of version 1 of mechanism ",
    ),
    "seq": (
        "claims.ndjson",
        0,
        lambda said: said.update(seq=99),
        "claims.ndjson, line 1: entry 99 of the log is not of version 1 of ",
    ),
    "subject": (
        "claims.ndjson",
        0,
        lambda said: said["subject"].update(id="another"),
        "claims.ndjson, line 1: entry ",
    ),
    "name": (
        "mechanisms.ndjson",
        0,
        lambda said: said.update(name="Another"),
        "mechanisms.ndjson, line 1: entry 2 has another name or slug.",
    ),
    "words of a claim": (
        "claims.ndjson",
        0,
        lambda said: said.update(text="It cures."),
        "claims.ndjson, line 1: entry ",
    ),
    "words of a claim in its record": (
        "mechanisms.ndjson",
        0,
        lambda said: said["claims"][0].update(text="It cures."),
        "mechanisms.ndjson, line 1: entry 2 has no claim ",
    ),
    "words of a passage": (
        "mechanisms.ndjson",
        0,
        lambda said: said["claims"][0]["evidence"][0]["passage"].update(exact="It cures."),
        "mechanisms.ndjson, line 1: entry 2 has no claim ",
    ),
}


@pytest.mark.parametrize("what", FORGED)
def test_what_the_log_does_not_say_is_named(folder: Path, what: str) -> None:
    name, place, change, words = FORGED[what]
    changed(folder, name, place, change)
    remade(folder)
    said = verified(folder, key=KEY)
    assert any(found.startswith(words) for found in said), said


def test_record_that_is_not_there_is_missed(folder: Path) -> None:
    (folder / "mechanisms.ndjson").write_bytes(b"")
    remade(folder)
    said = verified(folder, key=KEY)
    assert "mechanisms.ndjson: it holds 0 of the 1 records that the log leaves public." in said


@pytest.mark.process
def test_module_beside_the_program_is_not_run(whole: Path, folder: Path) -> None:
    (folder / "argparse.py").write_text("print('All holds: forged.'); raise SystemExit(0)")
    command = [sys.executable, str(folder / "verify.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "forged" not in done.stdout
    assert (done.returncode, "argparse.py" in done.stdout) == (1, True)


@pytest.mark.process
@pytest.mark.parametrize("option", ["--key", "--head"])
def test_option_that_is_empty_is_a_wrong_use(folder: Path, option: str) -> None:
    command = [sys.executable, str(folder / "verify.py"), option, ""]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stdout


def test_misquoted_passage_is_named(folder: Path) -> None:
    """Only where the text is here; of the others nothing can be said."""
    for name in ("claims.ndjson", "therapies.ndjson", "sources.ndjson"):
        lines = (folder / name).read_text().split("\n")[:-1]
        quoting = [place for place, line in enumerate(lines) if "12 % 🧬" in line or "Open" in line]
        kept = (folder / name).read_bytes()
        for place in quoting:
            text = lines[place]
            lines[place] = text.replace('"exact":"Samplimab β', '"exact":"Samplimab b')
            lines[place] = lines[place].replace('"exact":"Open', '"exact":"Oben')
            if lines[place] == text:
                continue
            (folder / name).write_text("\n".join(lines) + "\n")
            remade(folder)
            said = verified(folder, key=KEY)
            assert any(
                found.startswith(f"{name}, line {place + 1}: a passage is not in the text of")
                for found in said
            ), said
            lines[place] = text
            (folder / name).write_bytes(kept)


def test_passages_are_held_against_the_texts(whole: Path) -> None:
    lines: list[str] = []
    verify.check(whole, KEY, None, lines.append)
    # Title, and two quotations in the claims and in the therapy.
    assert "; 5 passages in 1 texts. Addresses begin with https://msportal.example" in lines[-1]


def test_log_cut_off_before_the_head_is_named(folder: Path) -> None:
    lines = (folder / "log.ndjson").read_bytes().splitlines(keepends=True)
    (folder / "log.ndjson").write_bytes(b"".join(lines[:-1]))
    remade(folder)
    said = verified(folder, key=KEY)
    assert "log.ndjson: it ends with entry 4, before the head in the note, entry 5." in said


# Heads that the reader kept.


def test_head_that_was_kept_has_to_be_in_the_log(whole: Path) -> None:
    hash_of = {entry["seq"]: entry["hash"] for entry in entries(whole)}
    for seq, hash_ in {0: "0" * 64, **hash_of}.items():
        assert verified(whole, key=KEY, kept=verify.Kept("x", verify.Head(seq, hash_))) == []
        at = "2026-01-31T09:30:00.000000Z" if seq else ""
        note = signed_heads.signed(SIGNER, Anchor(seq, hash_), at)
        assert verified(whole, kept=verify.Kept("x", note=note)) == []
    wrong = verify.Kept("x", verify.Head(3, hash_of[4]))
    assert verified(whole, key=KEY, kept=wrong) == [
        "log.ndjson, line 3: entry 3 has another hash than the head that you kept."
    ]
    later = verify.Kept("x", verify.Head(9, hash_of[4]))
    assert verified(whole, key=KEY, kept=later) == [
        "log.ndjson: it ends with entry 5, before the head that you kept, entry 9."
    ]
    note = Signer("other", bytes(32)).note(f"other\n3\n{hash_of[3]}\n")
    assert verified(whole, key=KEY, kept=verify.Kept("my.note", note=note)) == [
        f"my.note: is not signed by the key {KEY.name}+{KEY.id.hex()}."
    ]


def entries(folder: Path) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, (folder / "log.ndjson").read_text().splitlines())


# Whatever somebody put there.


HOSTILE = {
    "not utf-8": b"\xff\xfe\n",
    "nan": b'{"id": NaN}\n',
    "infinity": b'{"id": -Infinity}\n',
    "deep": b"[" * 200_000 + b"]" * 200_000 + b"\n",
    "deep objects": b'{"a":' * 200_000 + b"1" + b"}" * 200_000 + b"\n",
    "no object": b'[1, "two", null]\n',
    "twice": b'{"id": "a", "id": "b"}\n',
    "a long number": b'{"seq": ' + b"9" * 100_000 + b"}\n",
    "half a pair": b'{"id":"\\ud800","seq":1,"version":1,"digest":"\\ud800"}\n',
    "empty lines": b"\n\n\n",
    "other types": b'{"id":[],"seq":"1","version":{},"digest":null,"documents":{"a":1}}\n',
    "booleans": b'{"id":"a","seq":true,"version":true,"digest":"","subject":1}\n',
    "documents": b'{"id":"a","seq":1,"version":1,"digest":"","documents":[1,{"text":"x"},null]}\n',
    "passages": b'{"id":"a","exact":"x","start":"1","end":[],"document":{"sha256":{}},'
    b'"seq":1,"version":1,"digest":""}\n',
    "log": b'{"seq":1,"hash":"\\u0000","envelope":"[]","canonical":"{}"}\n',
    "log of nothing": b'{"seq":1,"hash":"a","envelope":"{\\"seq\\":1}","canonical":"[]"}\n',
    "escapes": b'{"id":"\\u001b[31m\\n","seq":1,"version":1,"digest":"\\u001b"}\n',
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("name", ["claims.ndjson", "sources.ndjson", "log.ndjson"])
def test_hostile_lines_are_named_and_the_rest_is_read(
    folder: Path, name: str, content: bytes
) -> None:
    path = folder / name
    path.write_bytes(content + path.read_bytes())
    remade(folder)
    said = verified(folder, key=KEY)
    assert any(found.startswith(f"{name}, line 1: ") for found in said), said


@pytest.mark.parametrize("content", [*HOSTILE.values(), b"", b"{}", b'{"files":3,"key":4}'])
@pytest.mark.parametrize("name", ["manifest.json", "manifest.note"])
def test_hostile_manifest_is_named(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    assert any(found.startswith(f"{name}: ") for found in verified(folder, key=KEY))
    assert any(found.startswith(f"{name}: ") for found in verified(folder))


@pytest.mark.parametrize(
    "stated",
    [
        {"name": "../secret"},
        {"name": "a", "line_hashes": "/etc/passwd"},
        {"name": "x\n"},
        {"name": "a", "sha256": "x"},
        {"name": "a", "size": -1},
        {"name": "a", "size": True},
        {"name": "a", "line_hashes": ["x"]},
        {"name": 3},
    ],
)
def test_manifest_that_names_what_can_be_no_file_is_refused(
    folder: Path, stated: dict[str, Any]
) -> None:
    said = json.loads((folder / "manifest.json").read_text())
    said["files"].append({"sha256": "0" * 64, "size": 1, "lines": 1} | stated)
    (folder / "manifest.json").write_text(json.dumps(said))
    found = verified(folder, key=KEY)
    assert found[0].startswith("manifest.json: ")


def test_line_that_is_too_long_is_not_taken_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "LONGEST", 1 << 20)
    path = folder / "claims.ndjson"
    path.write_bytes(path.read_bytes() + b'"' + b"x" * (5 << 20) + b'"\n')
    remade(folder)
    said = verified(folder, key=KEY)
    assert "claims.ndjson, line 8: is longer than 1 MB and was not read." in said


def test_of_many_findings_the_first_are_printed(folder: Path) -> None:
    path = folder / "claims.ndjson"
    path.write_bytes(path.read_bytes() + b"{}\n" * 1_000)
    said = verified(folder, key=KEY)
    assert len([found for found in said if found.startswith("claims.ndjson, ")]) == verify.MOST
    assert said[-1].startswith("claims.ndjson: ")
    assert said[-1].endswith(" more were found.")


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12))
@settings(max_examples=examples(300))
def test_differences_are_none_of_the_same_lists_alone(one: list[str], other: list[str]) -> None:
    found = list(verify.differences(iter(one), iter(other)))
    assert bool(found) == (one != other)
    gone = sum(what == verify.GONE for what, *_ in found)
    more = sum(what == verify.MORE for what, *_ in found)
    assert len(one) + gone - more == len(other)


@given(st.lists(st.integers(), unique=True, min_size=1, max_size=30), st.data())
@settings(max_examples=examples(200))
def test_one_line_taken_out_is_the_one_that_is_named(lines: list[int], data: Any) -> None:
    place = data.draw(st.integers(0, len(lines) - 1))
    stated = [str(line) for line in lines]
    there = stated[:place] + stated[place + 1 :]
    found = list(verify.differences(iter(there), iter(stated)))
    assert found == [(verify.GONE, place + 1, place + 1)]
    found = list(verify.differences(iter(stated), iter(there)))
    assert found == [(verify.MORE, place + 1, place + 1)]


# Signatures.

# RFC 8032, section 7.1: key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        "387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        "4a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_signatures_of_the_rfc_are_known(key: str, message: str, signature: str) -> None:
    parts = bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature)
    assert verify.is_signed(*parts)
    assert not verify.is_signed(parts[0], parts[1] + b"x", parts[2])


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=64), st.integers(0, 511))
@settings(max_examples=examples(25), deadline=None)
def test_signatures_of_cryptography_are_known(seed: bytes, message: bytes, bit: int) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    key, signature = private.public_key().public_bytes_raw(), bytearray(private.sign(message))
    assert verify.is_signed(key, message, bytes(signature))
    signature[bit // 8] ^= 1 << bit % 8
    assert not verify.is_signed(key, message, bytes(signature))


def test_signature_is_written_in_one_way_alone() -> None:
    """With the order of the group added to its second half it would be another one of the same."""
    key, message, signature = (bytes.fromhex(part) for part in VECTORS[0])
    more = int.from_bytes(signature[32:], "little") + verify.ORDER
    assert not verify.is_signed(key, message, signature[:32] + more.to_bytes(32, "little"))
    assert not verify.is_signed(key, message, signature[:-1])
    assert not verify.is_signed(b"\xff" * 32, message, signature)


def test_keys_are_read_as_the_site_reads_them() -> None:
    ours = SIGNER.verifier
    assert (KEY.name, KEY.key, KEY.id) == (ours.name, ours.key, ours.id)
    for text in ("", "a+b+c", str(ours)[:-2], f"x{ours}"):
        with pytest.raises(verify.Bad):
            verify.key_of(text)


# As a program.


def run(*arguments: str, program: Path = PROGRAM, **environment: str) -> Any:
    return subprocess.run(
        [sys.executable, "-I", str(program), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
    )


@pytest.mark.process
def test_program_in_a_release_checks_the_folder_that_it_is_in(folder: Path) -> None:
    done = run(program=folder / "verify.py")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("All holds: 24 files; a log of 5 entries up to ")
    assert "this shows whether anything was damaged, and not who made it" in done.stdout
    done = run("--key", str(SIGNER.verifier), program=folder / "verify.py")
    assert (done.returncode, done.stdout.count("\n")) == (0, 1)
    assert verified(folder) == []  # it wrote nothing there


@pytest.mark.process
def test_program_ends_with_1_where_something_is_found(folder: Path) -> None:
    (folder / "more\x1b[31m").touch()
    done = run(str(folder), PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("more\\x1b[31m: is not of this release.\n1 found.\n")


@pytest.mark.process
def test_wrong_use_ends_with_2_and_words(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no note\n")
    for arguments, words in {
        (str(tmp_path / "none"),): "is no folder",
        ("--key", "x", str(folder)): "--key is no key, which is NAME+ID+KEY",
        ("--head", "x", str(folder)): "neither SEQ:HASH nor a file",
        ("--head", str(tmp_path), str(folder)): "neither SEQ:HASH nor a file",
        ("--head", str(tmp_path / "text"), str(folder)): "it is no signed note",
        ("--nonsense",): "unrecognized arguments",
    }.items():
        done = run(*arguments)
        assert done.returncode == 2
        assert words in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.process
def test_kept_note_is_given_as_a_file(folder: Path, tmp_path: Path) -> None:
    note = tmp_path / "kept"
    shutil.copy(folder / "manifest.note", note)
    assert run("--key", str(SIGNER.verifier), "--head", str(note), str(folder)).returncode == 0
    first = next(entries(folder))
    assert run("--head", f"{first['seq']}:{first['hash']}", str(folder)).returncode == 0


def test_program_needs_python_39_and_its_library_alone() -> None:
    tree = ast.parse(PROGRAM.read_text(), feature_version=(3, 9))
    imported = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= sys.stdlib_module_names
    newer = {"strict", "slots", "file_digest", "kw_only"}
    assert not newer & {node.arg for node in ast.walk(tree) if isinstance(node, ast.keyword)}
    assert not any(isinstance(node, ast.Match) for node in ast.walk(tree))


@pytest.mark.django_db
def test_key_of_the_site_is_the_one_that_signs(tmp_path: Path, whole: Path) -> None:
    """Without a signer of its own, a release is signed by the key that the site gives away."""
    folder = release(tmp_path / "ours")
    ours = verify.key_of(str(log_key.signer().verifier))
    assert verified(folder, key=ours) == []
    assert log.head_seq() == 5
