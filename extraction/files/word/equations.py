"""Equations as words, where they are plain ones (ECMA-376 part 1, 22.1.2.77)."""

from xml.etree import ElementTree as ET

from extraction.files.word.names import M, W

__all__ = ["write_out"]

LOST = "\N{REPLACEMENT CHARACTER}"
_PLAIN = frozenset({f"{M}r", f"{M}ctrlPr"})
_OF_BLOCKS = frozenset(
    {f"{W}{name}" for name in ("body", "tc", "txbxContent", "footnote", "endnote")}
)


def write_out(root: ET.Element) -> None:
    """Each equation as a run of words; a replacement character stands for what an equation builds
    up (fractions, roots, sums), since it is no line of signs.
    """
    parents = {child: parent for parent in root.iter() for child in parent}
    for display in list(root.iter(f"{M}oMathPara")):
        runs: list[ET.Element] = []
        for equation in display.findall(f"{M}oMath"):
            runs += [_run(" "), _run(_in_a_line(equation))]
        _put(runs, display, parents[display])
    for equation in list(root.iter(f"{M}oMath")):
        if f"{M}oMath" not in {parent.tag for parent in _above(equation, parents)}:
            _put([_run(_in_a_line(equation))], equation, parents[equation])


def _above(element: ET.Element, parents: dict[ET.Element, ET.Element]) -> list[ET.Element]:
    found = []
    while element in parents:
        element = parents[element]
        found.append(element)
    return found


def _in_a_line(equation: ET.Element) -> str:
    if not all(child.tag in _PLAIN for child in equation):
        return LOST
    return "".join(text.text or "" for text in equation.iter(f"{M}t"))


def _run(words: str) -> ET.Element:
    run = ET.Element(f"{W}r")
    ET.SubElement(run, f"{W}t").text = words
    return run


def _put(runs: list[ET.Element], equation: ET.Element, parent: ET.Element) -> None:
    """The runs in the place of the equation, in a paragraph of their own where that is needed."""
    if parent.tag in _OF_BLOCKS:
        paragraph = ET.Element(f"{W}p")
        paragraph.extend(runs)
        runs = [paragraph]
    at = list(parent).index(equation)
    parent[at : at + 1] = runs
