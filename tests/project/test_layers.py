"""Imports only point down, pure modules know no models, public ones know no working models."""

import re

import pytest

from tests.project.layers import ROOMS, imports, modules

# app: what it may import of the project.
BELOW = {
    "publication": {"publication"},
    "editorial": {"editorial", "publication"},
    "extraction": {"extraction"},
    "sources": {"sources", "editorial", "publication", "extraction"},
    "therapies": {"therapies", "sources", "editorial", "publication", "extraction"},
    "msportal": {"msportal", "therapies", "sources", "editorial", "publication", "extraction"},
}

# Values in, values out: neither models nor settings, clock or requests. Regular expressions.
PURE = (
    r"publication\.(canonical|errors|difference)",
    r"editorial\.(states|errors|pairs|wording)",
    r"sources\.(choices|quoting|sameness)",
    r"therapies\.(choices|vocabulary)",
    r"therapies\.drafting\.(archives|inputs|likeness)",
    r"extraction(\..+)?",
)
# What a pure module may not import. TextChoices is an enum that knows no model.
IMPURE = (
    r"(django\.(?!utils|db\.models\.TextChoices)|rest_framework"
    r"|(publication|editorial|sources|therapies)\.(models|entries|actions|published|log)).*"
)

# What answers the public: pages, API, feeds.
PUBLIC = (
    r"[a-z]+\.(views|api|pages|serializers|filters|feeds|sitemaps|search|jsonld|urls|presentation)(_.+)?",
    r"[a-z]+\.(views|api|pages)\..+",
    r"msportal\.(health|errors|context_processors)",
)
# The workroom. The public side reads the log and `published` instead.
WORKING = r"(editorial|sources|therapies)\.(models|actions|admin|review|editing)(\..+)?"

MODULES = modules()


def matching(patterns: tuple[str, ...]) -> list[str]:
    return [name for name in MODULES if any(re.fullmatch(pattern, name) for pattern in patterns)]


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_down(module: str) -> None:
    app = module.partition(".")[0]
    used = {name.partition(".")[0] for name in imports(module, MODULES[module])}
    assert used & set(ROOMS) <= BELOW[app]


@pytest.mark.parametrize("module", matching(PURE))
def test_pure_module_imports_no_model(module: str) -> None:
    used = imports(module, MODULES[module])
    assert [name for name in used if re.fullmatch(IMPURE, name)] == []


@pytest.mark.parametrize("module", matching(PUBLIC))
def test_public_module_imports_no_working_model(module: str) -> None:
    used = imports(module, MODULES[module])
    assert [name for name in used if re.fullmatch(WORKING, name)] == []


@pytest.mark.parametrize("module", matching(PUBLIC))
def test_public_module_reaches_no_model_by_its_name(module: str) -> None:
    assert "get_model" not in MODULES[module].read_text()


def test_every_pattern_of_pure_modules_finds_one() -> None:
    assert [pattern for pattern in PURE if not matching((pattern,))] == []
