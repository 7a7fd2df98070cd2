"""What answers readers reaches nothing but the reading room, by whatever way.

``msportal/reading_room.py`` is the same wall while the site runs.
"""

import ast
import inspect
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps

from msportal import settings, urls
from publication import published, reports
from tests.addresses import public_addresses
from tests.databases import ROOT
from tests.project.imports import (
    ROOMS,
    chains,
    file_of,
    graph_of,
    matching,
    own,
    room,
    with_packages,
)

# What answers the public: pages, API, feeds, and all that they are made of.
PUBLIC = (
    r"[a-z]+\.(?:\w+\.)*(?:pages|api|published|presentation|templatetags)(?:\.\w+)*",
    r"publication\.(?!(?:apps|contributions|models|triggers|rules|standing|structure)$)"
    r"(?!(?:verify|verify_reports|shadows|snapshot|checkpoints|kept_notes)$)\w+",
    r"therapies\.(?:absences|claim_narrowing|compare|corrections|evidence_map|urls|links|likeness|narrowing|parts_of_page|linked_data|statements|wording|differences|what_changed|bindings|shapes|values)",
    r"sources\.(?:wording|bindings|linked_data|narrowing|quoting|shapes|citing(?:\..+)?)",
    r"msportal\.(?:checking|exporting(?:\..+)?|feeds|figures|sitemaps|llms|health|errors|context_processors|middleware|mistyped|palette|programs|request_id|streams)",
    # What agents are given.
    r"msportal\.agents\.\w+",
    r"msportal\.reference(?:\..+)?",
)
# The workroom and what feeds it.
FORBIDDEN = (
    r"editorial(?:\..+)?",
    r"extraction(?:\..+)?",
    r"publication\.(?:contributions|models|verify|verify_reports|structure(?:\..+)?)",
    r"(?!publication\.)[a-z]+\.(?:models|actions|admin|drafting|management)(?:\..+)?",
    r"[a-z]+\.(?:blockers|content|moves|forms|restoring)",
    r"sources\.(?:texts|works|receiving|verify)",
    r"therapies\.(?:claims|subjects|synonyms|vocabulary|queue)",
    r"msportal\.(?:workroom|start_page|demonstration|guard|sessions|sign_in|sign_in_forms)",
    r"msportal\.moving(?:\..+)?",
)

GRAPH = graph_of()
OWN = own(GRAPH)
PUBLIC_MODULES = matching(PUBLIC, OWN)
READING_ROOM = set(published.reading_room())
DESK = "publication.reports"
"""What readers report goes in there, and no text of it comes out: ``msportal/reading_room.py`` lets
whole statements of a few shapes through, which ``tests/publication/test_reports.py`` tries.
"""


def forbidden() -> list[str]:
    """The patterns above, and wherever a model stands that is not of the reading room."""
    models = [model for model in apps.get_models() if room(model.__module__) in ROOMS]
    theirs = {*READING_ROOM, *reports.SHOWN}
    working = {model.__module__ for model in models if model not in theirs}
    return [*FORBIDDEN, *map(re.escape, sorted(working))]


def test_public_modules_reach_no_draft_by_any_chain() -> None:
    assert chains(with_packages(GRAPH), PUBLIC_MODULES, forbidden()) == []


def test_one_public_module_alone_reaches_the_desk() -> None:
    direct = set(GRAPH.find_modules_that_directly_import(DESK)) & set(PUBLIC_MODULES)
    assert direct == {"therapies.pages.reporting"}


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        # A query for drafts in what pages take their words from, at one or more removes.
        ("therapies.wording", "therapies.models"),
        ("therapies.choices", "therapies.claims"),
        ("publication.canonical", "editorial.models"),
        ("publication.canonical", "publication.contributions"),
        ("sources.quoting", "extraction.text.sentences"),
        ("publication.published", "therapies.drafting.drafts"),
        ("therapies", "therapies.content"),
        ("sources.choices", "sources.receiving"),
    ],
)
def test_wall_sees_a_way_to_a_draft_however_long(importer: str, imported: str) -> None:
    graph = with_packages(graph_of((importer, imported)))
    found = chains(graph, PUBLIC_MODULES, forbidden())
    assert any(chain.startswith("therapies.pages.records → ") for chain in found)
    assert all(f"{importer} → {imported}" in chain for chain in found)


@pytest.mark.parametrize("pattern", [*PUBLIC, *FORBIDDEN])
def test_every_pattern_finds_a_module(pattern: str) -> None:
    assert matching([pattern], OWN) != []


# What Django finds without an import.


def module_of(view: Any) -> str:
    view = getattr(view, "cls", None) or getattr(view, "view_class", None) or inspect.unwrap(view)
    return str(view.__module__)


def test_every_address_outside_the_workroom_is_answered_by_a_public_module() -> None:
    found = {module_of(view) for _, view in public_addresses()}
    assert len(found & set(OWN)) > 8
    assert sorted((found & set(OWN)) - set(PUBLIC_MODULES)) == []


# Settings that name no code which answers readers.
NOT_ANSWERING = {
    *("INSTALLED_APPS", "OURS", "ROOT_URLCONF", "WSGI_APPLICATION", "AUTH_USER_MODEL"),
    *("SESSION_ENGINE", "DATABASES"),
}
# The wall itself and what stands before it, the door of the workroom; values that readers and
# workroom share.
NAMED = {
    "msportal.reading_room",
    "msportal.opening",
    "msportal.sign_in",
    "msportal.door",
    "sources.choices",
    "therapies.choices",
}


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from strings(part)


def test_every_module_that_settings_name_is_public() -> None:
    kept = {k: v for k, v in vars(settings).items() if k.isupper() and k not in NOT_ANSWERING}
    handlers = {k: v for k, v in vars(urls).items() if k.startswith("handler")}
    named = [name for value in (kept | handlers).values() for name in strings(value)]
    owners = {name.rpartition(".")[0] for name in named} & set(OWN)
    assert {"msportal.errors", "msportal.context_processors", "msportal.middleware"} <= owners
    assert sorted(owners - set(PUBLIC_MODULES)) == sorted(NAMED)


def test_templates_for_readers_load_libraries_for_readers() -> None:
    loaded = set()
    for path in (ROOT / "templates").rglob("*.*"):
        if "admin" not in path.relative_to(ROOT).parts:
            loaded |= {
                w for x in re.findall(r"{% load (.+?) %}", path.read_text()) for w in x.split()
            }
    assert loaded <= {"static", "differences", "linked_data", "page_head", "parts"}


# What could find a model or a table that no import names.
HIDDEN_WAYS = {
    *("__import__", "eval", "exec", "import_module", "import_string", "import_from_string"),
    *("get_callable", "modules", "call_command", "__subclasses__"),
    *("apps", "get_app_config", "app_configs", "all_models", "get_model", "get_models"),
    *("get_user_model", "_registry", "related_model", "related_objects"),
    *("cursor", "chunked_cursor", "execute", "executemany", "executescript", "iterdump"),
    *("raw", "extra", "RawSQL", "Func"),
}
# What has to: published tables are found by their base class, rules are put up by statements.
OPENLY = {
    # Plain statements on tables that are given as published ones, and on the log.
    "publication.plainly": {"cursor", "execute", "raw"},
    "publication.present": {"apps", "get_models"},
    "publication.published": {"apps", "get_models"},
    # The words of FTS5 and of a GIN index, of which Django knows nothing.
    "publication.search.matching": {"cursor", "execute"},
    "publication.search.tables": {"Func"},
    "publication.triggers": {"related_model"},
}
# Of other packages, what public code needs. Nothing here runs code that others registered, keeps
# what others may put in, or knows who is signed in.
PACKAGES = re.compile(
    r"django\.(?:db(?:\.models.*|\.backends.*)?|conf|core\.(?:paginator|exceptions|signing)|forms|"
    r"http(?:\.multipartparser)?|middleware\.(?:csrf|gzip|security)|shortcuts|template(?:\.(?:base|context|loader))?|templatetags\.static|urls|utils(?:\..+)?|"
    r"views\.decorators.*|views\.defaults)"
    r"|(?:rest_framework|drf_spectacular|django_filters)(?:\..+)?|confusable_homoglyphs|python_ipware\.modern\.parsers|"
    r"rapidfuzz(?:\.distance)?|rfc8785|snowballstemmer|yaml|"
    r"citeproc(?:\.\w+)*|csp\.(?:constants|utils)|nh3|"
    r"cryptography\.(?:exceptions|hazmat\.primitives\.asymmetric\.ed25519)"
)
# What carries it to agents, whose server is a process of its own.
OF_AGENTS = re.compile(
    r"(?:mcp|mcp_types|anyio|pydantic)(?:\..+)?|django\.core\.handlers\.wsgi|"
    r"asyncio|concurrent|logging|os|secrets|signal"
)
LIBRARY = {
    *(
        "array",
        "ast",
        "base64",
        "binascii",
        "bisect",
        "csv",
        "io",
        "collections",
        "contextlib",
        "contextvars",
        "copy",
        "dataclasses",
        "datetime",
        "difflib",
        "enum",
        "errno",
        "functools",
        "gzip",
    ),
    *(
        "hashlib",
        "heapq",
        "html",
        "http",
        "itertools",
        "json",
        "logging",
        "re",
        "secrets",
        "sqlite3",
        "statistics",
        "string",
        "sys",
        "typing",
    ),
    *("ipaddress", "math"),
    *("pathlib", "threading", "time"),
    *("unicodedata", "urllib", "uuid"),
}


def reached() -> list[str]:
    found = set(PUBLIC_MODULES)
    for module in PUBLIC_MODULES:
        found |= set(GRAPH.find_upstream_modules(module)) & set(OWN)
    return sorted(found)


def test_public_modules_reach_nothing_by_a_hidden_way() -> None:
    found = {}
    for module in reached():
        names = set()
        for node in ast.walk(ast.parse(file_of(module).read_text())):
            names |= {getattr(node, "attr", None), getattr(node, "id", None)}
            if isinstance(node, ast.alias):
                names.add(node.name.rpartition(".")[2])
        if hidden := (names & HIDDEN_WAYS) - OPENLY.get(module, set()):
            found[module] = hidden
    assert found == {}


def test_public_modules_import_of_other_packages_what_is_known() -> None:
    found: dict[str, set[str]] = {}
    for module in reached():
        for name in imported(module):
            known = name.partition(".")[0] in {*LIBRARY, *ROOMS} or PACKAGES.fullmatch(name)
            if module.startswith("msportal.agents."):
                known = known or OF_AGENTS.match(name)
            if not known and module not in OPENLY:
                found.setdefault(module, set()).add(name)
    assert found == {}


def imported(module: str) -> Iterator[str]:
    """The modules that it imports names from."""
    for node in ast.walk(ast.parse(file_of(module).read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "django":
            yield from (f"django.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
