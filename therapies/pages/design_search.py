"""What the design page shows of a search: invented hits, none of which any search finds."""

from typing import Any

from publication.search.asked import asked
from publication.search.looking import Found
from publication.search.marking import marked
from therapies import links
from therapies.choices import Certainty
from therapies.pages.design_examples import INVENTED
from therapies.pages.marks import CERTAINTY, PARTLY
from therapies.pages.search import Hit

_SLUG = f"{INVENTED}examplimab"


def of_search() -> dict[str, Any]:
    """A question with a slip, and one hit of each form."""
    question = asked("examplimab relapses")
    url, terms = links.record("therapy", _SLUG), question.terms
    mechanism = links.record("mechanism", f"{INVENTED}mechanism")
    sentence = "Examplimab may lower the number of relapses."
    hits = (
        Hit(
            url,
            marked("Examplimab", terms),
            also=marked("Examplixa", terms),
            known_as="EXA-1",
            small="Invented antibodies · drug",
        ),
        Hit(
            mechanism,
            marked("Invention of cells", terms),
            small="acts on cells · mechanism of action",
            acts=(("Examplimab", url, None), ("Samplimab", url, PARTLY)),
        ),
        Hit(
            f"{url}#claim",
            marked(sentence, terms),
            is_text=True,
            about="Examplimab",
            about_url=url,
            small="Outcomes",
            marks=(CERTAINTY[Certainty.HEDGED],),
            beside=("antibody",),
        ),
    )
    found = Found(
        question,
        {"therapy": (1,)},
        instead={"exmplimab": "examplimab"},
        left_out=("inventively",),
        hold=1,
    )
    return {"q": "exmplimab relapses inventively", "found": found, "hits": hits}
