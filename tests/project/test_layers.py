"""Imports only point down and in no circle; the pure stay pure; the lower name no upper room."""

import ast
import re
from graphlib import CycleError, TopologicalSorter

import pytest

from publication import published
from publication.published import PublishedRecord
from tests.project.imports import ROOMS, file_of, graph_of, matching, own, room

# room: what it may import of the others.
BELOW = {
    "publication": set(),
    "extraction": {"publication"},
    "editorial": {"publication"},
    "sources": {"publication", "extraction", "editorial"},
    "therapies": {"publication", "extraction", "editorial", "sources"},
    "msportal": {"publication", "extraction", "editorial", "sources", "therapies"},
}

# Values in, values out: neither models nor settings, clock or requests.
PURE = (
    r"publication\.(?:actions|busy|canonical|difference|errors|faults|folding|rights)",
    r"publication\.(?:glyphs|limits|look_alikes|notes|presentation|scripts|shapes|stored|unseen|writing)",
    r"publication\.search\.(?:asked|marking|ranking|tokens)",
    r"editorial\.(?:errors|moves|pairs|states|typed)",
    r"extraction(?:\..+)?",
    r"sources\.(?:as_typed|bindings|choices|dates|licences|linked_data|marking|quoting|sameness|shapes)",
    r"sources\.(?:whole_words|wording)",
    r"sources\.citing(?:\..+)?",
    r"therapies\.(?:absences|bindings|choices|corrections|differences|known_names|likeness|linked_data|names|parts_of_page|shapes)",
    r"therapies\.(?:statements|values|vocabulary)",
    r"therapies\.drafting\.(?:ahead|archives|inputs|reading|reading_process)",
)
# TextChoices is an enum that knows no model.
IMPURE = r"(?:django\.(?!utils|db\.models\.TextChoices$)|rest_framework).*"

GRAPH = graph_of()
OWN = own(GRAPH)
PURE_MODULES = matching(PURE, OWN)


@pytest.mark.parametrize("module", OWN)
def test_imports_point_down(module: str) -> None:
    used = {room(name) for name in GRAPH.find_modules_directly_imported_by(module)}
    assert used & set(ROOMS) <= BELOW[room(module)] | {room(module)}


def test_no_import_closes_a_circle() -> None:
    sorter = TopologicalSorter(
        {name: set(GRAPH.find_modules_directly_imported_by(name)) for name in OWN}
    )
    try:
        sorter.prepare()
    except CycleError as circle:
        pytest.fail(" → ".join(circle.args[1]))


def test_folders_of_a_room_import_each_other_in_no_circle() -> None:
    """Packages as wholes, from whichever of their modules."""
    for name in ROOMS:
        wholes: dict[str, set[str]] = {}
        for module in (m for m in OWN if room(m) == name and m != name):
            used = GRAPH.find_modules_directly_imported_by(module)
            wholes.setdefault(_whole(module), set()).update(
                _whole(other) for other in used if room(other) == name and other != name
            )
        for whole, used in wholes.items():
            used.discard(whole)
        try:
            TopologicalSorter(wholes).prepare()
        except CycleError as circle:
            pytest.fail(" → ".join(circle.args[1]))


def _whole(module: str) -> str:
    return ".".join(module.split(".")[:2])


def test_extraction_imports_of_the_project_the_text_folding_alone() -> None:
    found = {
        other
        for module in OWN
        if room(module) == "extraction"
        for other in GRAPH.find_modules_directly_imported_by(module)
        if room(other) in ROOMS and room(other) != "extraction"
    }
    assert found <= {"publication.folding"}


@pytest.mark.parametrize("module", PURE_MODULES)
def test_pure_module_knows_no_framework(module: str) -> None:
    assert [name for name in imported(module) if re.fullmatch(IMPURE, name)] == []


def test_pure_modules_reach_pure_ones_alone() -> None:
    reached = {m for p in PURE_MODULES for m in GRAPH.find_upstream_modules(p)} & set(OWN)
    assert sorted(reached - set(PURE_MODULES)) == []


def imported(module: str) -> list[str]:
    """Dotted names that the module imports; ``from a import b`` gives ``a.b``."""
    found = []
    for node in ast.walk(ast.parse(file_of(module).read_text())):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


@pytest.mark.parametrize("pattern", PURE)
def test_every_pattern_finds_a_module(pattern: str) -> None:
    assert matching([pattern], OWN) != []


LOWER = ("publication", "editorial")


@pytest.mark.parametrize("module", [name for name in OWN if room(name) in LOWER])
def test_lower_rooms_name_no_type_of_record(module: str) -> None:
    """It finds published tables by their base class, and their words in what they declare."""
    declared = {"claim", "claims", "evidence"}
    for table in published.tables().values():
        declared |= {table.record_type, table.plural, *table.log_actions(), *table.warnings}
    declared -= {*PublishedRecord.log_actions(), *PublishedRecord.warnings}
    found = {word for text in spoken(module) for word in re.findall(r"\w+", text.lower())}
    assert found & declared == set()


def spoken(module: str) -> list[str]:
    """The strings of a module that are no docstrings and no comments after a name."""
    tree = ast.parse(file_of(module).read_text())
    silent = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in silent
    ]


def test_lower_rooms_name_no_upper_one() -> None:
    """Neither a room nor a module of it, in a string: what is above is handed down."""
    found = []
    for module in OWN:
        above = [other for other in ROOMS if room(module) in BELOW[other]]
        pattern = re.compile(rf"^(?:{'|'.join(above)})[./]\w+") if above else None
        for node in ast.walk(ast.parse(file_of(module).read_text())):
            if pattern and isinstance(node, ast.Constant) and isinstance(node.value, str):
                found += [f"{module}: {node.value}"] if pattern.match(node.value) else []
    assert found == []


def test_stored_texts_are_parsed_where_they_are_kept_alone() -> None:
    """Whoever else needs a content asks for it in today's shape."""
    parsing = {m for m in OWN if "json.loads(" in file_of(m).read_text() and room(m) in BELOW}
    checked = {"publication.verify", "msportal.moving.values"}  # against what is stored
    documents = {"extraction.foreign", "extraction.text.escapes"}
    documents |= {"extraction.files.apart", "extraction.files.worker", "extraction.files.joining"}
    agents = {"msportal.agents.asking", "msportal.agents.wire"}  # answers; messages of clients
    answers = {"msportal.api", "msportal.reference.document", "publication.api.fields"}
    own = {"msportal.exporting.sheets", "msportal.release.verify"}  # what we wrote a moment before
    assert parsing == {"publication.stored", *checked, *documents, *agents, *answers, *own}
    keeping = {m for m in OWN if "stored.values(" in file_of(m).read_text()}
    kept = {"publication.entries", "publication.chain"}
    kept |= {"editorial.models.review", "editorial.models.drafts"}
    assert keeping == {*kept, "publication.log"}  # and the column that the database reads
