"""Answers of the API as graphs (RDF 1.1), and the words that they may be made of."""

import re
import warnings
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pyshacl import validate
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import PROV, RDF, SDO, XSD
from rdflib.term import BNode

from publication.api import linked_data
from tests.openapi import get
from therapies.api import linked_data as of_therapies

JSON_LD = "application/ld+json"
HOST = "http://testserver"
SCHEMA = Namespace(linked_data.SCHEMA)
OA = Namespace(linked_data.OA)
OWN = Namespace(f"{HOST}{linked_data.PAGE}#")
_OA_WORDS = {
    *("Annotation", "SpecificResource", "TextQuoteSelector", "TextPositionSelector"),
    *("hasBody", "hasTarget", "hasSource", "hasSelector", "motivatedBy", "linking"),
    *("exact", "prefix", "suffix", "start", "end"),
}
"""Those of https://www.w3.org/ns/oa that are used here."""
_TERMS = {term.name for term in (*linked_data.TERMS, *of_therapies.TERMS)}
_IRI = re.compile(r"(?:https?://[^/\s]+/|ni:///|http://www\.w3\.org/)[^\s<>\"{}|\\^`]*")
PREFIXES = {"schema": SCHEMA, "prov": PROV, "oa": OA, "own": OWN}


def linked(path: str) -> Graph:
    """What the API says below its base as JSON-LD."""
    return graph_of(get(path, Accept=JSON_LD))


def graph_of(answer: Any) -> Graph:
    """The answer as a graph, of which every word and every IRI was looked at."""
    assert answer["Content-Type"] == "application/ld+json"
    with warnings.catch_warnings(
        action="ignore", category=DeprecationWarning
    ):  # of its own classes
        graph = Graph().parse(data=answer.content.decode(), format="json-ld")
    assert len(graph)
    for triple in graph:
        for node in triple:
            _check(node)
    return graph


def misshapen(graph: Graph) -> str:
    """What of the graph is not as ``shapes.ttl`` says; empty where all is."""
    conforms, _, told = validate(graph, shacl_graph=_shapes(), inference="none")
    return "" if conforms else str(told)


@cache
def _shapes() -> Graph:
    return Graph().parse(Path(__file__).parent / "shapes.ttl")


def ask(graph: Graph, query: str, **bound: Any) -> list[tuple[Any, ...]]:
    """The rows of a SPARQL query, as plain values, in order."""
    found = graph.query(query, initNs=PREFIXES, initBindings=bound)
    return sorted(tuple(_plain(value) for value in row) for row in found)  # type: ignore[union-attr]


def _plain(value: Any) -> Any:
    return value.toPython() if isinstance(value, Literal) else str(value)


def _check(node: Any) -> None:
    if isinstance(node, BNode):
        return
    if isinstance(node, Literal):
        assert str(node) != ""
        assert not node.ill_typed, repr(node)
        return
    assert isinstance(node, URIRef)
    assert _IRI.fullmatch(node), node
    for vocabulary, words in ((SDO, SDO), (PROV, PROV), (XSD, XSD), (RDF, RDF)):
        if node.startswith(str(vocabulary)):
            assert node in words, node
    if node.startswith(OA):
        assert node.removeprefix(OA) in _OA_WORDS, node
    if node.startswith(OWN):
        assert node.removeprefix(OWN) in _TERMS, node


def addresses(graph: Graph) -> set[str]:
    """The paths of all IRIs of the site's own that the graph names."""
    nodes = {node for triple in graph for node in triple if isinstance(node, URIRef)}
    return {urlsplit(node).path for node in nodes if node.startswith(f"{HOST}/")}
