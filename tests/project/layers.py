"""Reads which module imports which, from the source text: nothing is run."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.databases import ROOT

APPS = ("publication", "editorial", "sources", "therapies", "msportal")
ROOMS = ("extraction", *APPS)


def modules() -> dict[str, Path]:
    """Every module of the project's rooms by its dotted name; migrations left out."""
    return {
        dotted_name(path): path
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        if "migrations" not in path.parts
    }


def dotted_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(module: str, path: Path) -> Iterator[str]:
    """Dotted names that the module imports anywhere in it, for types only included.

    ``from a import b`` gives ``a.b``, which may be a module or a name in one.
    """
    package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text(), path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)
