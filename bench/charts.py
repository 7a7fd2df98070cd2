"""Plain SVG pictures of measurements, readable on light and on dark pages."""

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil, floor, log10
from typing import Any

from bench.ratios import cases, figure, spread

WIDTH = 720
_COLOURS = {  # on white, on black
    "nginx": ("#5c5c5c", "#b5b5b5"),
    "warm": ("#005a9c", "#7cc4ff"),
    "cold": ("#7a3e00", "#ffb86b"),
    "warm, PostgreSQL": ("#00626b", "#6fe0e8"),
    "naive": ("#8a1c5b", "#ff9ad5"),
    "datasette": ("#3f5f00", "#b9e36a"),
}
_CALLED = {"naive": "plain REST framework", "datasette": "Datasette"}
_ORDER = tuple(_COLOURS)


def bars(found: Mapping[str, Any]) -> str:
    """Answers a second of every case and server, on a scale of powers of ten."""
    rows: list[tuple[str, str, float]] = []
    for case, loads in cases(found).items():
        for who in _ORDER:
            if middle := spread(loads, who, "per_second"):
                rows.append((case, who, middle.middle))
    least = floor(log10(min(value for _, _, value in rows)))
    most = ceil(log10(max(value for _, _, value in rows)))
    left, right, top, height = 110, 60, 64, 14
    scale = (WIDTH - left - right) / max(most - least, 1)
    parts, y, before = [], top, ""
    for case, who, value in rows:
        if case != before:
            y += 10
            parts.append(_text(left - 8, y + 11, case, "end"))
            before = case
        width = max((log10(value) - least) * scale, 1)
        parts.append(
            f'<rect class="c{_ORDER.index(who)}" x="{left}" y="{y}" width="{width:.1f}" '
            f'height="{height - 3}"><title>{escape(_name(who))}: {figure(value)}</title></rect>'
        )
        parts.append(_text(left + width + 4, y + 10, figure(value), small=True))
        y += height
    for power in range(least, most + 1):
        x = left + (power - least) * scale
        parts.insert(0, f'<path class="line" d="M{x:.1f} {top}V{y + 4}"/>')
        parts.append(_text(x, y + 18, f"{10**power:,}", "middle", small=True))
    shown = [who for who in _ORDER if any(who == row[1] for row in rows)]
    parts += _key(shown, [_name(who) for who in shown])
    title = "Answers a second, more is better"
    return _svg(title, y + 28, parts, {f"c{n}": _COLOURS[who] for n, who in enumerate(_ORDER)})


def lines(found: Mapping[str, Any]) -> str:
    """What each thing costs by the size of the base, both on scales of powers of ten."""
    sizes: Sequence[int] = found["sizes"]
    costs: Mapping[str, Sequence[float]] = found["milliseconds"]
    every = [value for row in costs.values() for value in row]
    low, high = floor(log10(min(every))), ceil(log10(max(every)))
    left, right, top, height = 60, 190, 40, 360
    wide = (WIDTH - left - right) / (log10(sizes[-1]) - log10(sizes[0]))
    tall = height / max(high - low, 1)

    def x(size: float) -> float:
        return left + (log10(size) - log10(sizes[0])) * wide

    def y(value: float) -> float:
        return top + (high - log10(value)) * tall

    parts = []
    for power in range(low, high + 1):
        at = y(10**power)
        parts.append(f'<path class="line" d="M{left} {at:.1f}H{WIDTH - right}"/>')
        parts.append(_text(left - 6, at + 4, f"{10.0**power:g}", "end", small=True))
    for size in sizes:
        parts.append(_text(x(size), top + height + 18, f"{size:,}", "middle", small=True))
    taken: list[float] = []
    pairs = list(_COLOURS.values())
    for number, (what, row) in enumerate(sorted(costs.items(), key=lambda item: -item[1][-1])):
        points = " ".join(f"{x(s):.1f},{y(v):.1f}" for s, v in zip(sizes, row, strict=True))
        tone, dash = number % len(pairs), ("", "6 3", "2 3")[number // len(pairs) % 3]
        parts.append(
            f'<polyline class="p{tone}" stroke-dasharray="{dash or "none"}" points="{points}"/>'
        )
        at = max([y(row[-1]) + 4, *(one + 13 for one in taken[-1:])])
        taken.append(at)
        parts.append(_text(WIDTH - right + 6, at, f"{what} {figure(row[-1])}", small=True))
    bottom = max(top + height + 28, taken[-1] + 8)
    title = "Milliseconds of processor time, by therapies in the base"
    return _svg(title, bottom, parts, {f"p{n}": pair for n, pair in enumerate(pairs)})


def _name(who: str) -> str:
    return _CALLED.get(who, who)


def _key(shown: Sequence[str], names: Sequence[str]) -> list[str]:
    parts, x, y = [], 10, 34
    for who, name in zip(shown, names, strict=True):
        parts.append(f'<rect class="c{_ORDER.index(who)}" x="{x}" y="{y}" width="11" height="11"/>')
        parts.append(_text(x + 15, y + 10, name, small=True))
        x += 32 + 7 * len(name)
    return parts


def _text(x: float, y: float, text: str, anchor: str = "start", *, small: bool = False) -> str:
    kind = ' class="small"' if small else ""
    return f'<text{kind} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _svg(
    title: str, height: float, parts: Sequence[str], colours: Mapping[str, tuple[str, str]]
) -> str:
    def tones(dark: int) -> str:
        return "".join(
            f".{name}{{{'stroke' if name[0] == 'p' else 'fill'}:{pair[dark]}}}"
            for name, pair in colours.items()
        )

    style = (
        "text{font:14px sans-serif;fill:#1a1a1a}.small{font-size:11px}"
        "polyline{fill:none;stroke-width:2}.line{stroke:#d0d0d0}"
        f".paper{{fill:#fff}}{tones(0)}"
        "@media(prefers-color-scheme:dark){text{fill:#f0f0f0}.line{stroke:#505050}"
        f".paper{{fill:#111}}{tones(1)}}}"
    )
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" '
            f'role="img" aria-label="{escape(title)}">',
            f"<title>{escape(title)}</title>",
            f"<style>{style}</style>",
            f'<rect class="paper" width="{WIDTH}" height="{height:.0f}"/>',
            _text(10, 20, title),
            *parts,
            "</svg>",
            "",
        ]
    )
