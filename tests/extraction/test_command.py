"""``python -m extraction``: what documents yield, without a framework."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from extraction.__main__ import main
from tests.databases import ROOT

SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
TEXT = "Ocrelizumab reduced relapses in multiple sclerosis."


def printed(output: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines()]


@pytest.mark.process
def test_command_needs_no_django(tmp_path: Path) -> None:
    script = (
        "import sys; from extraction.__main__ import main; status = main(sys.argv[1:]);"
        "sys.exit(status or any(name.partition('.')[0] == 'django' for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, SEEDS)],
        cwd=ROOT, env={}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert [row["file"] for row in printed(done.stdout)] == [path.name for path in SEEDS]


def test_command_prints_a_line_for_each_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, empty = tmp_path / "a.txt", tmp_path / "b.txt"
    good.write_text(TEXT)
    empty.write_text("")

    assert main([str(good), str(empty), str(tmp_path / "missing")]) == 1
    first, second, third = printed(capsys.readouterr().out)
    assert (first["status"], first["about_ms"]) == ("read", True)
    assert [claim["subject"] for claim in first["claims"]] == ["Ocrelizumab"]
    assert (second["status"], third["status"]) == ("refused", "refused")
    assert second["reason"] == "The file is empty: it holds no visible character."
    assert third["reason"] == "cannot be opened: No such file or directory"


def test_command_looks_for_the_names_that_it_is_handed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document, names = tmp_path / "a.txt", tmp_path / "names.yaml"
    document.write_text("Teapots reduced relapses in multiple sclerosis.")
    names.write_text(
        "therapies: [{name: Teapots, kind: drug}]\n"
        "outcomes: [{name: Relapses, topic: outcome, good: less}]\n"
        "courses: [{name: Multiple sclerosis, code: ms}]\n"
        "mechanisms: []\neffects: []\ntargets: []\nothers: []\ndiseases: []\n"
    )

    assert main(["--vocabulary", str(names), str(document)]) == 0
    (found,) = printed(capsys.readouterr().out)
    assert [claim["subject"] for claim in found["claims"]] == ["Teapots"]


@pytest.mark.process
def test_command_writes_utf_8_and_ends_quietly_when_nobody_reads() -> None:
    command = [sys.executable, "-m", "extraction", *map(str, SEEDS)]
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, cwd=ROOT, env=plain, capture_output=True, check=True)
    assert len(printed(done.stdout.decode())) == len(SEEDS)
    for stdout in ("head -c 1", "true"):
        ended = subprocess.run(
            f"{' '.join(command)} | {stdout}", cwd=ROOT, shell=True, capture_output=True, check=True
        )
        assert ended.stderr == b""


@pytest.mark.parametrize("arguments", [[""], ["--vocabulary", "", str(SEEDS[0])]])
def test_command_refuses_an_empty_name(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert "an empty name" in capsys.readouterr().err


def test_command_says_what_it_noted_and_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = tmp_path / "a.txt"
    document.write_bytes(TEXT.replace("Ocrelizumab", "“Ocrelizumab”").encode("windows-1252"))
    assert main([str(document)]) == 0
    (found,) = printed(capsys.readouterr().out)
    assert "Windows-1252" in " ".join(found["notes"])
    assert found["about_ms_reason"]
    assert all(claim["why"] for claim in found["claims"])


@pytest.mark.parametrize("content", ["therapies: [", "a list", "therapies: []", "\udc00"])
def test_command_says_what_is_wrong_with_a_vocabulary(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = tmp_path / "names.yaml"
    names.write_bytes(content.encode("utf-8", "surrogatepass"))

    with pytest.raises(SystemExit) as end:
        main(["--vocabulary", str(names), str(SEEDS[0])])
    assert end.value.code == 2
    said = capsys.readouterr().err
    assert f"{names} " in said
    assert not re.search("Traceback|Error|Errno", said)
