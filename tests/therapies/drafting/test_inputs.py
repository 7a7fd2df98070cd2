"""What ``seed`` is given: files, folders, archives, standard input; good, bad and hostile."""

import io
import os
import socket
import struct
import zipfile
from pathlib import Path

import pytest

from extraction import MAX_BYTES
from tests.databases import ROOT
from therapies.drafting import archives
from therapies.drafting.inputs import Input, count, documents

TEXT = b"Ocrelizumab in multiple sclerosis."


def archive(folder: Path, members: dict[str, bytes], name: str = "a.zip") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for member, data in members.items():
            file.writestr(member, data)
    return path


def read(*paths: str | Path) -> list[Input]:
    return list(documents(paths))


def refusals(*paths: str | Path) -> dict[str, str]:
    return {found.label: found.refusal for found in documents(paths)}


def test_folder_is_searched_in_order_without_hidden_files_and_readmes(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/.git/x.txt", "README.md", ".hidden", "a/README"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(TEXT)
    assert read(tmp_path) == [Input("z.txt", "z.txt", TEXT), Input("b.txt", "b.txt", TEXT)]
    assert count([tmp_path]) == 2
    assert read(tmp_path / ".hidden") == [Input(".hidden", ".hidden", TEXT)]


def test_standard_input_is_one_document() -> None:
    found = list(documents(["-"], stdin=io.BytesIO(TEXT)))
    assert found == [Input("stdin", "stdin", TEXT)]
    large = io.BytesIO(b"x" * (MAX_BYTES + 10))
    assert "larger than 5 MB" in next(documents(["-"], stdin=large)).refusal
    assert count(["-"]) == 1


def test_special_files_get_a_clear_line(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "loop").symlink_to(tmp_path)
    (tmp_path / "good.txt").write_bytes(TEXT)
    (tmp_path / "link.txt").symlink_to(tmp_path / "good.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        assert refusals(tmp_path) == {
            "loop": "is a link to a folder; name that folder itself.",
            "gone.txt": "is a link to something that is not there.",
            "good.txt": "",
            "link.txt": "",
            "pipe.txt": "is a named pipe, not a file.",
            "s": "is a socket, not a file.",
        }
    assert refusals("/dev/null") == {"null": "is a device, not a file."}
    assert refusals(tmp_path / "no.txt") == {
        "no.txt": "cannot be opened: No such file or directory"
    }


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open everything")
def test_closed_folder_and_file_get_a_clear_line(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    (tmp_path / "secret.txt").touch(mode=0)
    assert refusals(tmp_path) == {
        "closed": "cannot be opened: Permission denied",
        "secret.txt": "cannot be opened: Permission denied",
    }
    (tmp_path / "closed").chmod(0o700)


def test_name_that_would_steer_a_terminal_is_shown_plain(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\x1b[31m\xff.txt"))
    path.write_bytes(TEXT)
    assert read(path) == [Input("�[31m�.txt", "�[31m�.txt", TEXT)]


def test_record_of_a_file_with_a_long_name_is_known_by_its_ending(tmp_path: Path) -> None:
    path = tmp_path / f"{'n' * 240}.ris"
    path.write_text("TY  - JOUR\nTI  - A\nER  -\n" * 2, encoding="utf-8")
    first, second = documents([path])
    assert (len(first.name), len(second.name)) == (200, 200)
    assert (first.name[-6:], second.name[-6:]) == (".ris#1", ".ris#2")
    assert second.label.endswith(".ris#2")


def test_archive_yields_each_member_by_its_own_name(tmp_path: Path) -> None:
    members = {
        "one.txt": TEXT,
        "folder/": b"",
        "folder/two.txt": TEXT,
        "../../etc/three.txt": TEXT,
        "back\\slash\\four.txt": TEXT,
        "/root/five.txt": TEXT,
        ".hidden.txt": TEXT,
        "folder/.hidden/x.txt": TEXT,
        "__MACOSX/folder/._two.txt": TEXT,
        "README.txt": TEXT,
    }
    path = archive(tmp_path, members)
    assert read(tmp_path) == [
        Input("a.zip!one.txt", "one.txt", TEXT),
        Input("a.zip!folder/two.txt", "two.txt", TEXT),
        Input("a.zip!../../etc/three.txt", "three.txt", TEXT),
        Input("a.zip!back/slash/four.txt", "four.txt", TEXT),
        Input("a.zip!/root/five.txt", "five.txt", TEXT),
    ]
    assert count([path]) == 5
    assert list(tmp_path.rglob("*")) == [path]


def test_archive_without_documents_and_damaged_ones_get_one_line(tmp_path: Path) -> None:
    whole = archive(tmp_path, {"one.txt": TEXT * 20}).read_bytes()
    archive(tmp_path, {"README": TEXT}, "empty.zip")
    (tmp_path / "half.zip").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "list.zip").write_bytes(whole.replace(b"PK\x01\x02", b"PK\x09\x09"))
    at = whole.index(b"one.txt") + 10
    (tmp_path / "bits.zip").write_bytes(whole[:at] + b"\xff\xff" + whole[at + 2 :])
    assert refusals(tmp_path) == {
        "a.zip!one.txt": "",
        "bits.zip!one.txt": "is damaged in the archive.",
        "empty.zip": "holds no document.",
        "half.zip": "is a damaged ZIP archive: its list of members is missing.",
        "list.zip": "is a damaged ZIP archive: Bad magic number for central directory.",
    }
    assert count([tmp_path]) == 5


def test_office_file_is_left_to_the_reader_of_texts(tmp_path: Path) -> None:
    path = archive(tmp_path, {"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})
    assert [found.label for found in read(path)] == ["a.zip"]


def test_archives_within_archives_are_refused(tmp_path: Path) -> None:
    inner = archive(tmp_path, {"x.txt": TEXT}, "inner.zip").read_bytes()
    path = archive(tmp_path, {"inner.zip": inner, "disguised.txt": inner, "good.txt": TEXT})
    reason = "is an archive within an archive; unpack it."
    assert refusals(path) == {
        "a.zip!inner.zip": reason,
        "a.zip!disguised.txt": reason,
        "a.zip!good.txt": "",
    }


def test_encrypted_member_is_refused(tmp_path: Path) -> None:
    data = bytearray(archive(tmp_path, {"one.txt": TEXT}).read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    assert refusals(tmp_path) == {"a.zip!one.txt": "is encrypted; save it without a password."}


def test_bombs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive(
        tmp_path,
        {"bomb.txt": b"a" * 4_000_000, "big.txt": os.urandom(MAX_BYTES + 1), "good.txt": TEXT},
    )
    assert refusals(path) == {
        "a.zip!bomb.txt": "is compressed more than 200 times; not a text.",
        "a.zip!big.txt": "is larger than 5 MB; cut it into its parts.",
        "a.zip!good.txt": "",
    }
    monkeypatch.setattr(archives, "MAX_TOTAL", 5_000_000)
    assert refusals(path) == {
        "a.zip!bomb.txt": "is compressed more than 200 times; not a text.",
        "a.zip": "holds more than 5 MB; cut it into parts.",
    }


def test_member_that_states_too_small_a_size_yields_no_more(tmp_path: Path) -> None:
    data = bytearray(archive(tmp_path, {"one.txt": b"a" * 50_000}).read_bytes())
    struct.pack_into("<L", data, 22, 10)
    struct.pack_into("<L", data, data.index(b"PK\x01\x02") + 24, 10)
    (tmp_path / "a.zip").write_bytes(data)
    assert refusals(tmp_path) == {"a.zip!one.txt": "is damaged in the archive."}


def test_archive_of_too_many_members_is_refused_unread(tmp_path: Path) -> None:
    path = archive(tmp_path, {f"{n}.txt": b"" for n in range(archives.MAX_MEMBERS + 1)})
    assert refusals(path) == {"a.zip": "holds more than 10,000 members; cut it into parts."}
    assert count([path]) == 1


def test_seeds_are_five_documents() -> None:
    assert count([ROOT / "seeds"]) == 5
