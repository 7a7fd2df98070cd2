"""Programs that read files made by strangers are loaded by the process apart alone."""

import ast

import pytest

from tests.project.imports import chains, file_of, graph_of, matching, own

READERS = ("pypdfium2", "pypdfium2_raw", "mammoth", "PIL")
WORKER = "extraction.files.worker"
APART = (r"extraction\.files\.(?:pdf|word)(?:\..+)?", r"extraction\.files\.docx", WORKER)
GRAPH = graph_of()
OWN = own(GRAPH)


def outside() -> list[str]:
    return [name for name in OWN if name not in matching(APART, OWN)]


@pytest.mark.parametrize("reader", READERS[::2])
def test_reader_is_used(reader: str) -> None:
    assert matching(APART, GRAPH.find_modules_that_directly_import(reader))


def test_nothing_else_reaches_a_reader() -> None:
    """By any chain of imports, in functions too."""
    assert chains(GRAPH, outside(), [*READERS, *APART]) == []


def test_chain_to_a_reader_would_be_found() -> None:
    graph = graph_of(("extraction.document", "extraction.files.pdf.reader"))
    assert chains(graph, ["extraction"], READERS) != []


def test_nothing_names_a_reader_in_a_call() -> None:
    """As ``import_module("mammoth")`` would; the worker is named where it is started."""
    found = {
        (module, node.value)
        for module in outside()
        for node in ast.walk(ast.parse(file_of(module).read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if matching([*READERS, *APART], [node.value])
    }
    assert found == {("extraction.files.apart", WORKER)}


def test_worker_loads_a_reader_within_a_function() -> None:
    """One for the file that it is given."""
    tree = ast.parse(file_of(WORKER).read_text())
    loaded = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    names = [alias.name for node in loaded for alias in node.names]
    assert not [name for name in names if name.startswith("extraction")]
    importers = GRAPH.find_modules_that_directly_import("extraction.files.docx")
    assert importers == {WORKER}
    importers = GRAPH.find_modules_that_directly_import("extraction.files.pdf.reader")
    assert importers == {WORKER}
