"""Article XML: which of its forms a file has, and the first article in it."""

from extraction.bibliography.findings import Findings
from extraction.formats.jats import read_jats
from extraction.formats.pubmed import read_pubmed, read_pubmed_book
from extraction.text.lines import Page
from extraction.text.tree import Element, Tree

_ROOTS = (
    "article",
    "pubmedarticle",
    "pubmedbookarticle",
    "medlinecitation",
    "bookdocument",
    "front",
)


def read_article_xml(page: Page, findings: Findings) -> None:
    """Fields of the first article of a JATS or PubMed XML file."""
    if not page.view.article:
        return
    tree = Tree(page.view)
    root = next(tree.root.within(*_ROOTS), None)
    if root is None:
        return
    if root.name in {"pubmedarticle", "medlinecitation"}:
        read_pubmed(tree, root, findings)
    elif root.name in {"pubmedbookarticle", "bookdocument"}:
        read_pubmed_book(tree, root, findings)
    elif root.first("articletitle"):
        read_pubmed(tree, root, findings)
    else:
        read_jats(tree, _parent_like(tree, root), findings)


def _parent_like(tree: Tree, root: Element) -> Element:
    """A front without its article is read as the article's."""
    return tree.root if root.name == "front" else root
