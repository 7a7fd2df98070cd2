"""Which module of the project reaches which, through any chain of imports; nothing is run."""

import copy
import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import grimp

from tests.databases import ROOT

APPS = ("publication", "editorial", "sources", "therapies", "msportal")
ROOMS = ("extraction", *APPS)


@cache
def _graph() -> grimp.ImportGraph:
    graph = grimp.build_graph(*ROOMS, include_external_packages=True)
    for module in [name for name in graph.modules if ".migrations" in name]:
        graph.remove_module(module)
    return graph


def graph_of(*more: tuple[str, str]) -> grimp.ImportGraph:
    """All imports, also those within functions and for types only; ``more`` adds some that are
    not there, each from the first module to the second.
    """
    graph = copy.deepcopy(_graph())
    for importer, imported in more:
        graph.add_import(importer=importer, imported=imported)
    return graph


def with_packages(graph: grimp.ImportGraph) -> grimp.ImportGraph:
    """The same, where a module also reaches what the packages around it import."""
    for module in own(graph):
        parts = module.split(".")
        for end in range(1, len(parts)):
            package = ".".join(parts[:end])
            if package in graph.modules:
                graph.add_import(importer=module, imported=package)
    return graph


def own(graph: grimp.ImportGraph) -> list[str]:
    """The project's modules."""
    return sorted(name for name in graph.modules if room(name) in ROOMS)


def file_of(module: str) -> Path:
    path = ROOT / module.replace(".", "/")
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def room(module: str) -> str:
    return module.partition(".")[0]


def matching(patterns: Iterable[str], names: Iterable[str]) -> list[str]:
    return [name for name in names if any(re.fullmatch(pattern, name) for pattern in patterns)]


def chains(
    graph: grimp.ImportGraph, importers: Iterable[str], forbidden: Sequence[str]
) -> list[str]:
    """For each importer that reaches something forbidden, the shortest way, ``a → b → c``."""
    found = []
    for importer in importers:
        for reached in matching(forbidden, sorted(graph.find_upstream_modules(importer))):
            chain = graph.find_shortest_chain(importer, reached) or ()
            found.append(" → ".join(chain))
            break
    return found
