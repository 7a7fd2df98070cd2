"""``export_release``: what it writes, and that it is whole or not there."""

import csv
import hashlib
import io
import json
import time
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings
from rdflib import Graph
from rdflib.compare import isomorphic

from msportal.exporting.kinds import KINDS
from msportal.exporting.moment import Moment
from msportal.release import manifest, writing
from publication import log, log_key, signed_heads
from publication.canonical import canonical
from tests.databases import Copies, run_manage, start_manage
from tests.graphs import JSON_LD
from tests.msportal.releasing import ORIGIN, open_source, release, verified
from tests.openapi import BASE, get, read
from tests.small_base import Base

FILES = {
    *(f"{name}.{ending}" for name in ("therapies", "mechanisms", "sources", "claims")
      for ending in ("ndjson", "csv", "ndjson.lines.sha256", "csv.lines.sha256")),
    *("log.ndjson", "log.ndjson.lines.sha256", "records.jsonld", "records.jsonld.lines.sha256"),
    *("README.txt", "verify.py", "manifest.json", "manifest.note"),
}  # fmt: skip


@pytest.fixture
def released(base: Base, tmp_path: Path) -> Path:
    open_source()
    return release(tmp_path / "release")


@pytest.mark.django_db
def test_release_has_its_files_and_holds(released: Path) -> None:
    assert {path.name for path in released.iterdir()} == FILES
    assert verified(released) == []
    assert list(released.parent.iterdir()) == [released]


@pytest.mark.django_db
def test_files_are_the_bytes_that_the_api_streams(base: Base, released: Path) -> None:
    for kind in KINDS:
        for ending in ("ndjson", "csv") if kind.sheet else ("ndjson",):
            answer = Client().get(
                f"{BASE}export/?type={kind.type}&format={ending}",
                headers={"host": "testserver"},
            )
            streamed = b"".join(answer).replace(b"http://testserver/", f"{ORIGIN}/".encode())
            assert (released / f"{kind.name}.{ending}").read_bytes() == streamed


@pytest.mark.django_db
def test_graph_is_what_each_record_says_of_itself(released: Path) -> None:
    text = (released / "records.jsonld").read_text(encoding="utf-8")
    whole, apart = parsed(text), Graph()
    for kind in ("therapies", "mechanisms", "sources"):
        for row in read(f"{kind}/?limit=200")["results"]:
            one = get(f"{kind}/{row['id']}/", Accept=JSON_LD).content.decode()
            apart += parsed(one.replace("http://testserver/", f"{ORIGIN}/"))
    assert text.count("\n") == 2 + 5
    assert isomorphic(whole, apart)


def parsed(text: str) -> Graph:
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        return Graph().parse(data=text, format="json-ld")


@pytest.mark.django_db
def test_manifest_says_what_the_files_are(released: Path) -> None:
    data = (released / "manifest.json").read_bytes()
    said = json.loads(data)
    assert canonical(said).encode() == data
    assert [file["name"] for file in said["files"]] == sorted(
        FILES - {"manifest.json", "manifest.note"}
    )
    for file in said["files"]:
        content = (released / file["name"]).read_bytes()
        assert file["size"] == len(content)
        assert file["sha256"] == hashlib.sha256(content).hexdigest()
        if beside := file.get("line_hashes"):
            lines = [line + b"\n" for line in content.split(b"\n")[:-1]]
            hashes = (released / beside).read_text().splitlines()
            assert file["lines"] == len(hashes) == len(lines)
            assert hashes == [hashlib.sha256(line).hexdigest() for line in lines]
        if file["name"].endswith(".csv"):
            rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
            assert file["rows"] == len(rows) - 1
    head = log.head()
    at = log.entry_at(head.seq).at
    signer = log_key.signer()
    assert said["log"] == {"name": signer.name, "seq": 5, "hash": head.hash, "at": at}
    assert (said["origin"], said["key"]) == (ORIGIN, str(signer.verifier))
    note = signed_heads.opened(signer.verifier, (released / "manifest.note").read_bytes())
    assert (note.anchor, note.manifest) == (head, hashlib.sha256(data).hexdigest())


@pytest.mark.django_db
def test_row_of_a_table_may_have_several_lines(released: Path) -> None:
    by_name = {f["name"]: f for f in json.loads((released / "manifest.json").read_text())["files"]}
    claims = by_name["claims.csv"]
    assert claims["rows"] == 7
    assert claims["lines"] == (released / "claims.csv").read_bytes().count(b"\n") > 7 + 1


@pytest.mark.django_db
def test_verifier_in_it_is_the_one_of_the_tree(released: Path) -> None:
    assert (released / "verify.py").read_bytes() == writing.VERIFIER.read_bytes()


@pytest.mark.django_db
def test_readme_says_what_it_is_and_what_it_is_not(released: Path) -> None:
    text = " ".join((released / "README.txt").read_text().split())
    assert "no medical advice" in text
    assert "“Licensed” is a regulator's decision" in text
    assert "DEMONSTRATION" not in text
    assert ORIGIN in text
    assert str(log_key.signer().verifier) in text
    for name in FILES - {
        name for name in FILES if name.endswith((".csv", ".sha256", "README.txt"))
    }:
        assert name in text


# Whole or not there.


class Full(OSError):
    """As where a disk is full."""


@pytest.mark.django_db
@pytest.mark.parametrize("at", ["therapies.ndjson", "claims.csv", "log.ndjson"])
def test_what_fails_on_the_way_leaves_nothing(base: Base, tmp_path: Path, at: str) -> None:
    def watch(items: Iterable[bytes], label: str, total: int) -> Iterator[bytes]:
        yield from items
        if label == at:
            raise Full(28, "No space left on device")

    with pytest.raises(Full):
        writing.write(tmp_path / "out", Moment(0, log.head(), ORIGIN), log_key.signer(), watch)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_folder_that_is_not_empty_is_refused(base: Base, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "kept").write_text("mine")
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name, words in {
        "full": "is not empty: say a new folder, or an empty one. Nothing was written",
        "file": "is there already, and no folder",
        "link": "is there already, and no folder",
        "no/where": "its parent is no folder",
    }.items():
        with pytest.raises(CommandError, match=words):
            call_command("export_release", str(tmp_path / name), origin=ORIGIN)
    assert (tmp_path / "full" / "kept").read_text() == "mine"
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.django_db
def test_empty_folder_is_taken(base: Base, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    call_command("export_release", str(tmp_path / "out"), origin=ORIGIN)
    assert verified(tmp_path / "out") == []


@pytest.mark.django_db
def test_origin_is_said_and_never_guessed(base: Base, tmp_path: Path, settings: Settings) -> None:
    out = str(tmp_path / "out")
    with pytest.raises(CommandError, match="Say with --origin") as refused:
        call_command("export_release", out)
    assert refused.value.returncode == 2
    for wrong in ("msportal.example.org", f"{ORIGIN}/", f"{ORIGIN}/a", "ftp://x", "https://a b"):
        with pytest.raises(CommandError, match="without a slash behind") as refused:
            call_command("export_release", out, origin=wrong)
        assert refused.value.returncode == 2
    settings.ORIGIN = "https://other.example:8443"
    call_command("export_release", out)
    assert (
        '"url":"https://other.example:8443/therapies/ocrelizumab/"'
        in (tmp_path / "out" / "therapies.ndjson").read_text()
    )


@pytest.mark.django_db
def test_without_a_key_nothing_is_written(base: Base, tmp_path: Path, settings: Settings) -> None:
    settings.LOG_KEY_FILE = tmp_path / "key"
    with pytest.raises(CommandError, match="There is no key of the log in .* Nothing was written"):
        call_command("export_release", str(tmp_path / "out"), origin=ORIGIN)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_log_without_entries_makes_a_release_too(tmp_path: Path) -> None:
    if log.head_seq():
        pytest.skip("Another test of this module published something for all.")
    assert verified(release(tmp_path / "out")) == []


# On databases of their own.


def filled(url: str) -> str:
    code = (
        "from tests.small_base import small_base, later; from tests.msportal.releasing import *; "
        "later(small_base()); open_source()"
    )
    run_manage(url, "shell", "--no-imports", "-c", code)
    return url


def exported(url: str, folder: Path) -> dict[str, bytes]:
    run_manage(url, "export_release", str(folder), "--origin", ORIGIN)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.process
def test_same_log_on_another_database_gives_the_same_bytes(
    database_copy: str, tmp_path: Path
) -> None:
    """From the one that the tests run on to a SQLite file, whose read models are made anew."""
    other = f"sqlite:///{tmp_path}/other.sqlite3"
    run_manage(filled(database_copy), "move_to", other)
    run_manage(other, "rebuild")
    first, second = exported(database_copy, tmp_path / "a"), exported(other, tmp_path / "b")
    assert first.keys() == FILES
    assert {name for name in first if first[name] != second[name]} == set()


@pytest.mark.process
def test_killed_in_the_middle_it_leaves_nothing_that_looks_whole(
    database_copy: str, tmp_path: Path
) -> None:
    filled(database_copy)
    out = tmp_path / "out"
    for number in range(6):
        running = start_manage(database_copy, "export_release", str(out), "--origin", ORIGIN)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and not any(tmp_path.iterdir()):
            time.sleep(0.002)
        time.sleep(number * 0.004)
        running.kill()
        running.all_said(10)
        if out.exists():
            assert verified(out) == []
            break
        assert all(path.name.endswith(".unfinished") for path in tmp_path.iterdir())
    if not out.exists():
        assert exported(database_copy, out).keys() == FILES
    assert verified(out) == []


@pytest.mark.process
def test_usage_is_refused_with_2(database_copy: str, tmp_path: Path) -> None:
    for arguments in ([], [str(tmp_path / "out")], [str(tmp_path / "out"), "--origin", "x"]):
        done = run_manage(database_copy, "export_release", *arguments, check=False)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.process
def test_what_another_program_folded_is_not_exported(
    database_copies: Copies, database_copy: str, tmp_path: Path
) -> None:
    code = "from publication.folded_by import FoldedBy; FoldedBy.objects.update(parts={'x': 'y'})"
    run_manage(filled(database_copy), "shell", "--no-imports", "-c", code)
    done = run_manage(
        database_copy, "export_release", str(tmp_path / "out"), "--origin", ORIGIN, check=False
    )
    assert done.returncode == 1
    assert "run “manage.py rebuild” first" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_lines_are_told_whatever_pieces_they_come_in(tmp_path: Path) -> None:
    folder = manifest.Folder(tmp_path)
    folder.rows("x", [b"a\nb", b"c\n", b"d"], of="y")
    written = folder.files[0]
    assert (written.rows, written.lines) == (3, 3)
    expected = [hashlib.sha256(line).hexdigest() for line in (b"a\n", b"bc\n", b"d")]
    assert (tmp_path / "x.lines.sha256").read_text().split() == expected
