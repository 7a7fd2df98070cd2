"""What the documents say of measurements is what was measured."""

import json
from typing import Any
from xml.etree import ElementTree

import pytest

from bench import charts, report, results
from bench.targets import Target
from tests.databases import ROOT

MACHINE = {
    "cores": 2, "kernel": "6.1", "processor": "P", "python": "3.11.2", "on": "2026-01-02",
    "versions": {"nginx": "1.22.1"},
}  # fmt: skip


def one(per_second: float, p50: float = 1, p99: float = 2) -> dict[str, float]:
    return {"per_second": per_second, "processor_ms": 1.5, "p50": p50, "p99": p99, "at_once": 16}


def made_up() -> dict[str, Any]:
    """Two rounds, in which the site is half and a quarter as fast as nginx."""
    fast = {"nginx": [one(1000), one(2000)], "warm": [one(500), one(500)]}
    rest = {"cold": [one(30), one(30)], "naive": [one(2), one(3)], "datasette": [one(20), one(10)]}
    return {
        "machine": MACHINE, "therapies": 1000, "rounds": 2, "seconds": 2, "connections": 16,
        "servers": "2 processes of 4 threads", "bytes": {"JSON detail": 12345, "JSON 304": 12345},
        "cases": {"JSON detail": {**fast, **rest}, "JSON 304": fast},
    }  # fmt: skip


def test_page_and_pictures_are_made_from_what_is_kept() -> None:
    text = report.PAGE.read_text()
    assert report.page(text) == text, "make bench WRITE=1 brings it up to bench/results"
    for name, svg in report.pictures():
        assert (report.PICTURES / name).read_text() == svg


def test_every_kept_result_has_its_place_on_the_page() -> None:
    text = report.PAGE.read_text()
    assert [name for name in report.TABLES if f"<!-- bench: {name} -->" not in text] == []
    assert {path.stem for path in results.KEPT.glob("*.json")} <= report.TABLES.keys()
    for path in results.KEPT.glob("*.json"):
        assert {"machine"} < json.loads(path.read_text()).keys()


def test_what_is_kept_comes_between_the_markers_and_takes_the_place_of_what_was_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = {"reading": made_up(), "growth": grown()}
    monkeypatch.setattr(results, "kept", kept.get)
    before = (
        "# A\n\n<!-- bench: growth -->\nold\n<!-- end -->\n\nb\n\n<!-- bench: memory -->\nold\n"
    )
    after = report.page(f"{before}<!-- end -->\nc\n")
    assert report.growth(kept["growth"]) in after
    assert "(pictures/bench-growth.svg)" in after
    assert after.startswith("# A\n\n<!-- bench: growth -->\n![")
    assert after.endswith(
        "<!-- end -->\n\nb\n\n<!-- bench: memory -->\nNot measured yet.\n<!-- end -->\nc\n"
    )
    assert report.page(after) == after


def test_table_says_the_middle_and_the_spread_of_the_rounds() -> None:
    told = report.reading(made_up())
    assert "| JSON detail | 12,345 | 1,500 | 0.38 (0.25–0.5) | – | 12.5 (10.0–15.0) " in told
    assert "| JSON 304 | 12,345 | 1,500 | 0.38 (0.25–0.5) | – | – | – | – |" in told
    assert "2 rounds of 2 seconds" in told


def test_aims_are_met_by_the_worst_case() -> None:
    told = report.reading(made_up())
    assert "| warm JSON beside nginx's static file, SQLite | ≥ 0.35 | 0.38 | met |" in told
    assert "| warm HTML beside nginx's static file, SQLite | ≥ 0.35 | – | not measured |" in told
    assert "| cold detail beside the plain REST framework | ≥ 12 | 12.5 | met |" in told
    assert "| cold beside Datasette, all cases | ≥ 3 | 2.25 | **not met** |" in told


@pytest.mark.parametrize(
    ("measured", "met"), [(None, None), (0.5, False), (1.0, True), (1.5, True)]
)
def test_target_is_met_from_its_bound_on(measured: float | None, met: bool | None) -> None:
    assert Target("it", measured, 1).met is met


def test_target_at_most_is_met_up_to_its_bound() -> None:
    assert [Target("it", value, 1, most=True).met for value in (0.5, 1, 1.5)] == [True, True, False]


def grown() -> dict[str, Any]:
    return {
        "machine": MACHINE, "sizes": [100, 10_000], "calls": 30, "entries": [109],
        "milliseconds": {
            "API detail": [2, 3], "approve": [30, 31.5], "API search": [1, 2],
            "names by LIKE": [1, 30],
        },
        "commands": {"verify": [[3.5, 90]]},
    }  # fmt: skip


def test_growth_is_told_by_the_last_beside_the_first() -> None:
    told = report.growth(grown())
    assert "| API detail | 2.00 | 3.00 | 1.50 |" in told
    assert "| API detail | ≤ 1.3 | 1.50 | **not met** |" in told
    assert "| approve | ≤ 1.3 | 1.05 | met |" in told
    assert "| API search, beside names by LIKE | ≥ 5 | 15.0 | met |" in told
    assert "| page list | ≤ 3 | – | not measured |" in told
    assert "| therapies | 100 |\n| --- | --- |\n| entries of the log | 109 |" in told
    assert "| verify, megabytes | 90.0 |" in told


@pytest.mark.parametrize("svg", [charts.bars(made_up()), charts.lines(grown())])
def test_pictures_are_well_formed_and_have_a_dark_side(svg: str) -> None:
    root = ElementTree.fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "prefers-color-scheme:dark" in svg
    width, height = map(float, root.attrib["viewBox"].split()[2:])
    for text in root.iter("{http://www.w3.org/2000/svg}text"):
        assert 0 <= float(text.attrib["x"]) <= width
        assert 0 <= float(text.attrib["y"]) <= height


def test_colours_are_read_on_both_papers() -> None:
    """4.5:1 and better, for letters and for marks."""
    for on_white, on_black in charts._COLOURS.values():
        assert contrast(on_white, "#ffffff") > 4.5
        assert contrast(on_black, "#111111") > 4.5


def contrast(one: str, other: str) -> float:
    """As WCAG 2 has it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_page_is_linked_from_the_readme() -> None:
    assert "docs/performance.md" in (ROOT / "README.md").read_text()
