"""The stored content of a source in today's shape, and that of a passage."""

from publication.shapes import Body, Maybe, Shape

PASSAGE: Body = {
    "exact": "",
    "prefix": "",
    "suffix": "",
    "start": None,
    "end": None,
    "locator": "",
    "document": Maybe({"sha256": ""}),
}
"""Without offsets and document where the source has no text here."""

SOURCE = Shape(
    {
        "schema": 1,
        "type": "source",
        "id": "",
        "slug": "",
        "name": "",
        "title": "",
        "title_made": False,
        "kind": "",
        "authors": [{"family": "", "given": "", "initials": "", "affiliations": []}],
        "affiliations": [{"number": "", "text": ""}],
        "container_title": "",
        "publisher": "",
        "volume": "",
        "issue": "",
        "pages": "",
        "number_of_pages": None,
        "date": "",
        "date_precision": "",
        "doi": "",
        "pmid": "",
        "registry_id": "",
        "url": "",
        "language": "",
        "hosting_site": "",
        "citation_counts": [{"provider": "", "count": None}],
        "related_documents": [],
        "cited_sources": [],
        "abstract": "",
        "licence": "",
        "readings": [{"id": "", "field": "", "passage": PASSAGE}],
        "vouched": [{"id": "", "field": "", "by": {"id": None, "name": ""}}],
        "documents": [
            {
                "sha256": "",
                "encoding": "",
                "size": None,
                "text": "",
                "reader": "",
                "text_sha256": "",
                "page_count": None,
            }
        ],
    }
)
