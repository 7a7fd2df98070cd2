"""The tables and pictures of ``docs/performance.md``, made from what was kept and nothing else."""

from collections.abc import Callable, Iterator, Mapping
from statistics import median
from typing import Any

from bench import charts, results, targets
from bench.load import CONNECTIONS
from bench.processes import ROOT
from bench.ratios import Spread, cases, figure, in_words, ratio, spread

PAGE = ROOT / "docs" / "performance.md"
END = "<!-- end -->"
PICTURES = ROOT / "docs" / "pictures"
Found = Mapping[str, Any]


def reading(found: Found) -> str:
    """Beside other programs."""
    size, rounds, seconds = found["therapies"], found["rounds"], found["seconds"]
    lines = [
        f"{size:,} therapies, {found['connections']} connections, {_rounds(rounds)} of {seconds} "
        f"seconds each; Django's servers with {found['servers']}. {machine(found)}",
        "",
        "Answers a second, as a multiple of another's in the same round: the middle, and from the "
        "least to the most.",
        "",
        "| | bytes | nginx, a second | warm / nginx | PostgreSQL, warm / nginx | cold / plain REST "
        "| warm / Datasette | cold / Datasette |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, loads in cases(found).items():
        nginx = spread(loads, "nginx", "per_second")
        pairs = (("warm", "nginx"), ("warm, PostgreSQL", "nginx"), ("cold", "naive"),
                 ("warm", "datasette"), ("cold", "datasette"))  # fmt: skip
        cells = [in_words(ratio(loads, one, other)) for one, other in pairs]
        first = [name, f"{found['bytes'][name]:,}", figure(nginx.middle) if nginx else "–"]
        lines.append(_row(*first, *cells))
    lines += [
        "",
        "Milliseconds until half of the answers, and 99 of 100, were there (50 / 99); after them "
        "milliseconds of processor time an answer, of all processes of the server. Middles. What "
        "is so slow that 16 connections get nothing in time (*) is asked over two, until all came. "
        "*Apart*: one process, on a core that wrk leaves to it.",
        "",
        "| | nginx | warm | warm, apart | cold | PostgreSQL, warm | plain REST | Datasette |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    everybody = (
        "nginx", "warm", "warm, apart", "cold", "warm, PostgreSQL", "naive", "datasette",
    )  # fmt: skip
    for name, loads in cases(found).items():
        lines.append(_row(name, *(_waits(loads, who) for who in everybody)))
    return "\n".join([*lines, "", *_targets(targets.reading(found))])


def _waits(loads: Any, who: str) -> str:
    found = [spread(loads, who, of) for of in ("p50", "p99", "processor_ms")]
    if None in found:
        return "–"
    half, most, worked = (figure(one.middle) for one in found)
    slow = "" if loads[who][0]["at_once"] == CONNECTIONS else "*"
    return f"{half} / {most}; {worked}{slow}"


def growth(found: Found) -> str:
    """As the base grows."""
    sizes = found["sizes"]
    lines = [
        f"Milliseconds of processor time in one process, the middle of {found['calls']} calls. "
        f"{machine(found)}",
        "",
        _row("therapies", *(f"{size:,}" for size in sizes), "the last / the first"),
        _row(*["---"] * (len(sizes) + 2)),
    ]
    for what, costs in found["milliseconds"].items():
        lines.append(_row(what, *map(figure, costs), figure(costs[-1] / costs[0])))
    if found["entries"]:
        lines += ["", *_commands(found)]
    return "\n".join([*lines, "", *_targets(targets.growth(found))])


def _commands(found: Found) -> Iterator[str]:
    """Of the smaller bases alone, where they would take too long."""
    entries = found["entries"]
    yield "Commands over the whole log: seconds of processor time, and megabytes at the most."
    yield ""
    yield _row("therapies", *(f"{size:,}" for size in found["sizes"][: len(entries)]))
    yield _row(*["---"] * (len(entries) + 1))
    yield _row("entries of the log", *(f"{number:,}" for number in entries))
    for what, costs in found["commands"].items():
        seconds, megabytes = zip(*costs, strict=True)
        yield _row(f"{what}, seconds", *map(figure, seconds))
        yield _row(f"{what}, megabytes", *map(figure, megabytes))


def memory(found: Found) -> str:
    """Of a process that answers."""
    lines = [
        f"{found['addresses']:,} distinct addresses of a base of {found['therapies']:,} therapies, "
        f"each asked once. {machine(found)}",
        "",
        _row("addresses asked", *(f"{number:,}" for number, _ in found["megabytes"])),
        _row(*["---"] * (len(found["megabytes"]) + 1)),
        _row(
            "resident megabytes, the largest process",
            *(figure(most) for _, most in found["megabytes"]),
        ),
    ]
    most = max(most for _, most in found["megabytes"])
    aim = targets.Target("resident megabytes of the largest process", most, 300, most=True)
    return "\n".join([*lines, "", *_targets(iter([aim]))])


def seeding(found: Found) -> str:
    """Beside the parser alone."""
    figures = found["figures"]
    lines = [machine(found), "", "| | |", "| --- | --- |"]
    lines += [_row(what, figure(value)) for what, value in figures.items()]
    return "\n".join(lines)


def queue(found: Found) -> str:
    """With more records in review."""
    sizes = found["sizes"]
    rounds = found["milliseconds"]
    lines = [
        f"Milliseconds of processor time in one process, the middle of {_rounds(found['rounds'])}; "
        "the last beside the first of the same round: the middle, and from the least to the most. "
        f"{machine(found)}",
        "",
        _row(
            "records in review",
            *(f"{size:,}" for size in sizes),
            "the last / the first",
            "queries",
            "rows",
        ),
        _row(*["---"] * (len(sizes) + 4)),
    ]
    for what, costs in rounds.items():
        middles = [figure(median(one)) for one in zip(*costs, strict=True)]
        ratios = Spread.of([one[-1] / one[0] for one in costs])
        counted = [
            " / ".join(str(number) for number in dict.fromkeys(found[of][what]))
            for of in ("queries", "rows")
        ]
        lines.append(_row(what, *middles, ratios.in_words(), *counted))
    return "\n".join([*lines, "", *_targets(targets.queue(found))])


TABLES: dict[str, Callable[[Found], str]] = {
    "reading": reading, "growth": growth, "memory": memory, "seeding": seeding,
    "queue": queue,
}  # fmt: skip
"""By the name of a measurement, its tables."""
CHARTS: dict[str, Callable[[Found], str]] = {"reading": charts.bars, "growth": charts.lines}
ALTERNATIVES = {
    "reading": "Answers a second of each program, as in the first table below",
    "growth": "What each thing costs by the size of the base, as in the first table below",
}


def machine(found: Found) -> str:
    """One sentence on what it was measured with, and when."""
    on = found["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in on["versions"].items())
    return (
        f"Measured on {on['on']}: {on['cores']} cores ({on['processor']}), Linux {on['kernel']}, "
        f"Python {on['python']}, {versions}."
    )


def page(text: str) -> str:
    """The page with the tables of what is kept between its markers."""
    for name, table in TABLES.items():
        found = results.kept(name)
        said = table(found) if found else "Not measured yet."
        if found and name in CHARTS:
            said = f"![{ALTERNATIVES[name]}](pictures/{picture(name)})\n\n{said}"
        before, mark, rest = text.partition(f"<!-- bench: {name} -->\n")
        text = f"{before}{mark}{said}\n{END}{rest.partition(END)[2]}" if mark else text
    return text


def pictures() -> Iterator[tuple[str, str]]:
    """File names and SVG of what is kept."""
    for name, chart in CHARTS.items():
        if found := results.kept(name):
            yield picture(name), chart(found)


def picture(name: str) -> str:
    return f"bench-{name}.svg"


def write() -> None:
    """Bring page and pictures up to what is kept."""
    PAGE.write_text(page(PAGE.read_text()))
    for name, svg in pictures():
        (PICTURES / name).write_text(svg)
    print(f"Written: {PAGE.relative_to(ROOT)}")


def _targets(aims: Iterator[targets.Target]) -> list[str]:
    head = ["| aim | | measured | |", "| --- | --- | --- | --- |"]
    return [*head, *(aim.row() for aim in aims)]


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _rounds(number: int) -> str:
    return "1 round" if number == 1 else f"{number} rounds"
