"""The marks of the map of evidence: a shape for which way statements point, a size for how many."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from therapies.evidence_map import Bearing, Cell, Passed


@dataclass(frozen=True, slots=True)
class Shape:
    """On a square of 24; ``solid`` is filled, ``line`` is drawn."""

    solid: str = ""
    line: str = ""


_RING = "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18z"
SHAPES: Mapping[Bearing, Shape] = {
    Bearing.BETTER: Shape(solid="M12 3L22 21H2z"),
    Bearing.WORSE: Shape(solid="M2 3H22L12 21z"),
    Bearing.NO_DIFFERENCE: Shape(solid="M3 6h18v4H3zM3 14h18v4H3z"),
    Bearing.MIXED: Shape(solid="M12 2v20L2 12z", line="M12 2L22 12L12 22L2 12z"),
    Bearing.NAMED: Shape(solid="M12 7a5 5 0 1 0 0 10a5 5 0 1 0 0-10z"),
    Bearing.DISPUTED: Shape(solid="M10 4v16L1 12zM14 4v16l9-8z"),
    Bearing.UNSURE: Shape(solid="M12 3a9 9 0 0 0 0 18z", line=_RING),
    Bearing.PARTLY: Shape(line="M3 9q4.5-5 9 0t9 0M3 16q4.5-5 9 0t9 0"),
    Bearing.DENIED: Shape(line=f"{_RING}M5.6 18.4L18.4 5.6"),
    Bearing.AIM: Shape(line="M2 12h18M13 5l7 7-7 7"),
    Bearing.VOID: Shape(line="M4 4l16 16M20 4L4 20"),
}
SIZE = Shape(line="M4 4h16v16H4z")
"""By which the legend shows sizes: no mark has it."""
WORDS: Mapping[Bearing, str] = {
    Bearing.BETTER: "better",
    Bearing.WORSE: "worse",
    Bearing.NO_DIFFERENCE: "no difference",
    Bearing.MIXED: "mixed",
    Bearing.NAMED: "named, not which way",
    Bearing.DISPUTED: "sources disagree",
    Bearing.UNSURE: "the source is not sure",
    Bearing.PARTLY: "supported in part",
    Bearing.DENIED: "the source says no",
    Bearing.AIM: "an aim, not a result",
    Bearing.VOID: "only a retracted or withdrawn source says so",
}
OF_HARMS: Mapping[Bearing, str] = {Bearing.BETTER: "less of it", Bearing.WORSE: "reported"}
"""Where a word for outcomes would not be understood of harms."""
SIZES = ((1, 14, "1 statement"), (2, 19, "2 or 3"), (4, 24, "4 to 7"), (8, 30, "8 or more"))
"""From how many statements on a mark is how large, in pixels, and how the legend has it."""


@dataclass(frozen=True, slots=True)
class Mark:
    shape: Shape
    size: int
    words: str
    """Empty where it is said beside it."""


def word(bearing: Bearing, *, of_harm: bool) -> str:
    return (OF_HARMS.get(bearing) if of_harm else None) or WORDS[bearing]


def size_of(number: int) -> int:
    return next(size for least, size, _ in reversed(SIZES) if number >= least)


def marks(cell: Cell) -> tuple[Mark, ...]:
    return tuple(Mark(SHAPES[one], size_of(number), "") for one, number in cell.counts)


def in_words(cell: Cell, *, of_harm: bool) -> str:
    """ "better, 3 statements; the source is not sure, 1 statement; 2 sources"."""
    told = [f"{word(one, of_harm=of_harm)}, {_counted(n, 'statement')}" for one, n in cell.counts]
    between = ", " if len(told) == 1 else "; "
    return f"{'; '.join(told)}{between}{_counted(cell.sources, 'source')}"


def passed_in_words(passed: Passed, course: str) -> str:
    """ "none that names relapsing MS; 2 without a course, 1 of another course"."""
    told = []
    if passed.without:
        told.append(f"{passed.without} without a course")
    if passed.of_others:
        several = passed.of_others > 1
        told.append(f"{passed.of_others} of {'other courses' if several else 'another course'}")
    return f"none that names {course}; {', '.join(told)}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def legend() -> Iterator[Mark]:
    """Each shape with what it says, of outcomes and of harms."""
    for bearing, shape in SHAPES.items():
        of_harms = OF_HARMS.get(bearing)
        said = f"{WORDS[bearing]}; of a harm: {of_harms}" if of_harms else WORDS[bearing]
        yield Mark(shape, 18, said)


def legend_of_sizes() -> Iterator[Mark]:
    for _, size, said in SIZES:
        yield Mark(SIZE, size, said)
