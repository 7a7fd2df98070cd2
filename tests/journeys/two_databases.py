"""A base of names in many scripts, and everything that lists, filters and orders answer of it."""

import json
from urllib.parse import quote

from django.test import Client
from django.test.utils import setup_test_environment

from publication.narrowed import Flag, Ids, Moments
from publication.narrowing import Codes, Records, Values
from sources.narrowing import SOURCES
from tests.building import claim, evidence, mechanism, person, publish, source_with_text, therapy
from therapies.claim_narrowing import CLAIMS
from therapies.narrowing import MECHANISMS, THERAPIES
from therapies.published import PublishedMechanism, PublishedTherapy

SAYS = "It was tried."
NAMES = (
    "Ärztemab", "ärztemab zwei", "Arztemac", "Øresundab", "oresundac", "Straßimab", "STRASSIMAB B",
    "Ωmegamab", "αβ-mab", "Ελλάδα", "éclair", "Eclair b", "İstanbulab", "ıstanbulac", "Zeta",
    "apple", "Banana", "a-b", "ab", "a b c", "Żółtomab", "Љубав", "імаб", "ямаб",
    "ﬁbrolast", "Ⅻ-mab",
)  # fmt: skip
TEXTS = (
    "Ärzte-Skala",
    "ärzte skala",
    "Übelkeit",
    "Straße",
    "Øresund",
    "ΣΊΓΜΑ",
    "IFN-β",
    "Ångström",
)
ASKED = (
    *TEXTS, "ARZTE SKALA", "arzte-skala", "UBELKEIT", "strasse", "STRASSE", "oresund", "ØRESUND",
    "σίγμα", "σιγμα", "ifn beta", "ANGSTROM", "å", "istanbul", "ωmega", "omega", "љубав", "ЉУБАВ",
    "zolto", "fibro", "Ärztemab", "ÄRZTEMAB", "arztemab", "ελλαδα", "éclair", "ECLAIR",
)  # fmt: skip
LISTS = {"therapies": THERAPIES, "mechanisms": MECHANISMS, "sources": SOURCES, "claims": CLAIMS}


def fill() -> None:
    """Everything approved: therapies and mechanisms of these names, with texts in claims."""
    people = {"editor": person("editor", "Ann Editor"), "reviewer": person("reviewer", "Rob Ö")}
    source = source_with_text(SAYS, title="Über Ärzte", doi="10.1000/ÄB", registry_id="NCT-X1",
                              container_title="Öffentliche Σ")  # fmt: skip
    publish(source, **people)
    other = publish(source_with_text(f"Élan. {SAYS}", title="Élan"), **people)
    acting = []
    for number, name in enumerate(NAMES):
        text = TEXTS[number % len(TEXTS)]
        acts = mechanism(f"{name} inhibition", slug=f"m-{number}", target=text, effect="blocks",
                         acts_in=text, broader=acting[0] if acting else None)  # fmt: skip
        claim(acts, SAYS, source=source)
        acting.append(publish(acts, **people))
    group = None
    for number, name in enumerate(NAMES):
        text = TEXTS[number % len(TEXTS)]
        drug = therapy(name, slug=f"t-{number}", member_of=group, brands=[f"{text} {number}"])
        claim(drug, SAYS, source=source, topic="outcome", outcome=text, comparator=text,
              effect_direction="better")  # fmt: skip
        row = claim(drug, SAYS, source=other, topic="safety", harm=text, text=f"{text} was seen.")
        evidence(row, SAYS, source=source)
        claim(drug, SAYS, source=source, topic="status", status="licensed", jurisdiction=text)
        claim(drug, SAYS, source=source, acts_by=acting[number % 5])
        publish(drug, **people)
        group = group or drug


def addresses() -> list[str]:
    """Each list with each filter and each text, pages and maps, searches, comparisons."""
    texts = [quote(text) for text in ASKED]
    found = ["/", "/evidence-map/", "/mechanisms/map/", "/compare/?therapy=t-0&therapy=t-3"]
    for path, declared in LISTS.items():
        bases = [f"/api/v1/{path}/"] + ([f"/{path}/"] if path != "claims" else [])
        for base in bases:
            found += [base, f"{base}?page=2" if base == f"/{path}/" else f"{base}?limit=7&offset=9"]
            found += [f"{base}?q={text}" for text in texts if path != "claims"]
            for one in declared.filters:
                found += [f"{base}?{one.name}={value}" for value in _values(one.values, texts)]
    found += [f"/search/?q={text}" for text in texts]
    found += [f"/api/v1/search/?q={text}" for text in texts]
    found += [f"/sources/{quote(code)}/" for code in ("10.1000/äb", "10.1000/ÄB", "nct-x1")]
    found += [f"/{row.plural}/{row.slug}/" for row in PublishedTherapy.objects.all()[:4]]
    found += [f"/{row.plural}/{row.slug}/" for row in PublishedMechanism.objects.all()[:4]]
    found.append("/api/v1/compare/?therapy=t-0&therapy=t-3&therapy=t-9")
    return found


def _values(of: Values, texts: list[str]) -> list[str]:
    """Each code, each text, and what is no reference to anything."""
    if isinstance(of, Codes):
        return list(of.choices.values)
    if isinstance(of, Flag):
        return ["true", "false"]
    if isinstance(of, Records | Ids | Moments):
        return ["1", "t-3", "m-3"]
    return texts


def tell() -> None:
    """Print every answer, by address, as JSON."""
    setup_test_environment(debug=False)
    client = Client()
    told = {}
    for address in addresses():
        answer = client.get(address)
        told[address] = [answer.status_code, answer.content.decode()]
    print(json.dumps(told))  # noqa: T201
