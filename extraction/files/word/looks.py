"""How the words of a Word file look on paper, from their own settings, their styles and the ground
under them: whether they are seen, and whether they are raised.

ECMA-376 part 1: 17.7.2 (the order of styles), 17.7.3 (settings that styles turn over), 17.3.2 (of
runs), 17.3.1.31, 17.4.32 (shading).
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from xml.etree import ElementTree as ET

from extraction.files.word.names import W14, WP, M, W, is_on, value

__all__ = ["Looks", "Parents"]

Parents = Mapping[ET.Element, ET.Element]
_DEEPEST = 20
"""Styles that are based on one another."""
_LIGHTEST = 238
"""Of 255: what is lighter than this in all three colours is not seen on white paper."""
_SMALLEST = 4
"""Half points."""
_LEAST_RAISED = 4
"""Half points; less only sets letters right."""
_WHITE_THEMES = frozenset({"background1", "light1"})
_EDGES = ("outline", "shadow", "emboss", "imprint")
"""With which white letters are seen on white."""
_RUNS = frozenset({f"{W}r", f"{M}r"})


class Looks:
    """The looks of the runs of one part."""

    def __init__(self, styles: ET.Element | None, root: ET.Element, parents: Parents) -> None:
        self.parents = parents
        found = [] if styles is None else styles.findall(f"{W}style")
        self.styles = {value(style, "styleId"): style for style in found}
        self.usual = {
            value(style, "type"): value(style, "styleId")
            for style in found
            if style.get(f"{W}default") in ("1", "true", "on")
        }
        self.defaults = (
            None if styles is None else styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        )
        self.has_dark_page = _is_behind_all(root)
        self._chain = cache(self._based)

    def is_seen(self, run: ET.Element) -> bool:
        """Whether a run leaves anything to be read on paper."""
        layers = self._layers(run)
        if self._is_turned_on("vanish", layers) or self._is_turned_on("strike", layers):
            return False
        if is_on(_stated("dstrike", layers.all)):
            return False
        size = value(_stated("sz", layers.all))
        if size.isdecimal() and int(size) < _SMALLEST:
            return False
        if not _is_white(_stated("color", layers.all)):
            return True
        has_edges = any(self._is_turned_on(mark, layers) for mark in _EDGES)
        has_effects = any(child.tag.startswith(W14) for looks in layers.all for child in looks)
        return has_edges or has_effects or self._is_on_colour(run, layers)

    def is_raised(self, run: ET.Element) -> bool:
        """Whether a run stands above its line, whichever setting or style says so."""
        looks = self._layers(run).all
        place = value(_stated("vertAlign", looks))
        if place in ("superscript", "subscript"):
            return place == "superscript"
        height = value(_stated("position", looks))
        return height.isdecimal() and int(height) >= _LEAST_RAISED

    def _layers(self, run: ET.Element) -> "_Layers":
        own = run.find(f"{W}rPr")
        paragraph = self._around(run, f"{W}p")
        style = "" if own is None else value(own.find(f"{W}rStyle"))
        return _Layers(
            [] if own is None else [own],
            _of_runs(self._chain(style or self.usual.get("character", ""))),
            _of_runs(self._chain(self._style_of(paragraph))),
            [] if self.defaults is None else [self.defaults],
        )

    def _style_of(self, paragraph: ET.Element | None) -> str:
        stated = "" if paragraph is None else value(paragraph.find(f"{W}pPr/{W}pStyle"))
        return stated if stated in self.styles else self.usual.get("paragraph", "")

    def _based(self, name: str) -> list[ET.Element]:
        """A style and those that it is based on, the nearest first."""
        found: list[ET.Element] = []
        while name in self.styles and len(found) < _DEEPEST:
            found.append(self.styles[name])
            name = value(found[-1].find(f"{W}basedOn"))
        return found

    def _is_turned_on(self, mark: str, layers: "_Layers") -> bool:
        """A setting that a style of letters turns over where the paragraph's states it (17.7.3)."""
        own = _stated(mark, layers.own)
        if own is not None:
            return is_on(own)
        turned = [is_on(_stated(mark, part)) for part in (layers.letters, layers.paragraph)]
        return is_on(_stated(mark, layers.defaults)) or turned[0] != turned[1]

    def _is_on_colour(self, run: ET.Element, layers: "_Layers") -> bool:
        """Whether the ground under a run may be of a colour; the nearest that is stated counts."""
        marked = value(_stated("highlight", layers.all))
        if marked and marked not in ("none", "white"):
            return True
        for shade in self._shades(run, layers):
            is_coloured = _is_coloured(shade)
            if is_coloured is not None:
                return is_coloured
        return self.has_dark_page

    def _shades(self, run: ET.Element, layers: "_Layers") -> Iterator[ET.Element | None]:
        """What is said of the ground under a run, from the nearest outwards."""
        for looks in layers.all:
            yield looks.find(f"{W}shd")
        for around in self._outwards(run):
            if around.tag == f"{W}p":
                yield around.find(f"{W}pPr/{W}shd")
                for style in self._chain(self._style_of(around)):
                    yield style.find(f"{W}pPr/{W}shd")
            elif around.tag == f"{W}tc":
                yield around.find(f"{W}tcPr/{W}shd")
            elif around.tag == f"{W}tbl":
                yield around.find(f"{W}tblPr/{W}shd")
                name = value(around.find(f"{W}tblPr/{W}tblStyle")) or self.usual.get("table", "")
                for style in self._chain(name):  # of a first row, of a band of rows
                    yield next((s for s in style.iter(f"{W}shd") if _is_coloured(s)), None)
            elif around.tag == f"{W}txbxContent":
                yield ET.Element(f"{W}shd", {f"{W}val": "solid"})  # boxes may be filled

    def _outwards(self, element: ET.Element) -> Iterator[ET.Element]:
        while element in self.parents:
            element = self.parents[element]
            yield element

    def _around(self, element: ET.Element, tag: str) -> ET.Element | None:
        return next((one for one in self._outwards(element) if one.tag == tag), None)


class _Layers:
    """What is said of the looks of a run; the nearer counts."""

    def __init__(
        self,
        own: Sequence[ET.Element],
        letters: Sequence[ET.Element],
        paragraph: Sequence[ET.Element],
        defaults: Sequence[ET.Element],
    ) -> None:
        self.own, self.letters, self.paragraph, self.defaults = own, letters, paragraph, defaults
        self.all = [*own, *letters, *paragraph, *defaults]


def _of_runs(styles: Sequence[ET.Element]) -> list[ET.Element]:
    return [looks for style in styles if (looks := style.find(f"{W}rPr")) is not None]


def _stated(name: str, layers: Sequence[ET.Element]) -> ET.Element | None:
    return next((found for looks in layers if (found := looks.find(W + name)) is not None), None)


def _is_white(color: ET.Element | None) -> bool:
    """As white as paper, as far as it is said; another colour of the theme is another."""
    theme, said = value(color, "themeColor"), value(color)
    if theme:
        is_plain = theme in _WHITE_THEMES and not value(color, "themeShade")
        return is_plain and (said in ("", "auto") or _is_light(said))
    return _is_light(said)


def _is_light(code: str) -> bool:
    try:
        return len(code) == 6 and min(bytes.fromhex(code)) >= _LIGHTEST
    except ValueError:
        return False


def _is_coloured(shade: ET.Element | None) -> bool | None:
    """Of shading; None where it leaves the ground as it is."""
    if shade is None:
        return None
    pattern, fill, theme = value(shade), value(shade, "fill"), value(shade, "themeFill")
    if pattern not in ("", "clear", "nil"):
        return True
    if theme:
        return theme not in _WHITE_THEMES or bool(value(shade, "themeFillShade"))
    if pattern == "nil" or fill in ("", "auto"):
        return None
    return not _is_light(fill)


def _is_behind_all(root: ET.Element) -> bool:
    """Whether the page has a colour, or a picture that may lie under its words."""
    page = root.find(f"{W}background")
    if page is not None and not _is_light(value(page, "color")):
        return True
    return any(
        anchor.get("behindDoc") in ("1", "true") for anchor in root.iter(f"{WP}anchor")
    ) or any("z-index:-" in (shape.get("style") or "") for shape in root.iter())
