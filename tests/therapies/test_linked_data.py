"""What pages say of themselves to machines, in schema.org's words."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.building import claim, publish, therapy
from tests.html import attributes
from tests.small_base import DEPLETES, Base

pytestmark = pytest.mark.django_db

HOST = "http://testserver"


def data_of(page: HttpResponse) -> dict[str, Any]:
    _, _, rest = page.content.decode().partition('<script type="application/ld+json">')
    found = json.loads(rest.partition("</script>")[0])
    assert isinstance(found, dict)
    return found


def test_therapy_names_who_reviewed_it_when_and_what_it_rests_on(
    client: Client, base: Base
) -> None:
    found = data_of(client.get("/therapies/ocrelizumab/"))
    assert found["@type"] == "MedicalWebPage"
    assert found["@id"] == f"{HOST}/therapies/ocrelizumab/v/1/"
    assert found["url"] == f"{HOST}/therapies/ocrelizumab/"
    assert found["about"] == {
        "@type": "Drug",
        "name": "Ocrelizumab",
        "alternateName": ["anti-CD20 β-test", "Ocrevus"],
        "identifier": [{"@type": "PropertyValue", "propertyID": "ATC", "value": "L04AG08"}],
    }
    assert found["reviewedBy"] == {"@type": "Person", "name": "Rob Reviewer"}
    assert found["lastReviewed"] == found["dateModified"][:10]
    assert found["citation"] == [
        {
            "@type": "ScholarlyArticle",
            "name": "Therapies of multiple sclerosis",
            "url": f"{HOST}/sources/therapies-of-multiple-sclerosis/",
            "sameAs": "https://doi.org/10.1000/182",
        }
    ]


def test_source_is_told_as_the_work_that_it_is(client: Client, base: Base) -> None:
    work = data_of(client.get("/sources/therapies-of-multiple-sclerosis/"))["mainEntity"]
    assert work == {
        "@type": "ScholarlyArticle",
        "name": "Therapies of multiple sclerosis",
        "author": [{"@type": "Person", "name": "Müller A"}],
        "isPartOf": {"@type": "CreativeWork", "name": "Journal of Examples"},
        "identifier": "doi:10.1000/182",
        "sameAs": "https://doi.org/10.1000/182",
    }


def test_no_text_ends_the_block_that_it_stands_in(client: Client, base: Base) -> None:
    name = "A</script><script>alert(1)</script>&B"
    drug = therapy(name, slug="odd")
    claim(drug, DEPLETES, source=base.source)
    publish(drug)
    page = client.get("/therapies/odd/")
    assert data_of(page)["name"] == name
    assert [a for a in attributes(page, "script") if a.get("type") != "application/ld+json"] == []


def test_current_version_points_to_the_record(client: Client, base: Base) -> None:
    def canonical(path: str) -> list[str | None]:
        return [a["href"] for a in attributes(client.get(path), "link") if a["rel"] == "canonical"]

    record = "/therapies/ocrelizumab/"
    assert canonical(f"{record}v/1/") == canonical(record) == [f"{HOST}{record}"]
    publish(base.therapy, editor=base.editor, reviewer=base.reviewer)
    assert canonical(f"{record}v/1/") == [f"{HOST}{record}v/1/"]
    assert canonical(f"{record}v/2/") == [f"{HOST}{record}"]
