"""Whether a document is about multiple sclerosis."""

import pytest

from extraction import Reading
from extraction.about import about_ms
from extraction.names.mentions import Search
from extraction.types import Metadata, Sentence, Span
from tests.extraction.extracting import VOCABULARY


def reading_of(title: str, body: str) -> Reading:
    text = f"{title}\n\n{body}"
    start = len(title) + 2
    spans = {"title": Span(0, len(title))} if title else {}
    sentences = (Sentence(start, len(text), 0),) if body else ()
    return Reading("a.txt", "", "utf-8", text, (), Metadata(title=title, spans=spans), sentences)


def judged(title: str, body: str) -> tuple[bool, str]:
    reading = reading_of(title, body)
    spans = [*reading.sentences, *reading.metadata.spans.values()]
    return about_ms(
        reading, Search.through(reading.text, VOCABULARY).mentions(spans), VOCABULARY.diseases
    )


def test_other_disease_named_first_and_as_often_is_what_the_text_is_about() -> None:
    body = "Natalizumab induced remission in psoriasis. It is given in multiple sclerosis too."
    assert judged("Natalizumab", body) == (False, "The text names MS once and psoriasis once.")


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Ocrelizumab in multiple sclerosis", "The drug was well tolerated."),
        ("", "Multiple sclerosis (MS) is treated with interferons. People with MS tire."),
        ("BAF312 in SPMS", "Patients with diabetes were left out."),
        ("Therapy of autoimmune disease", "In MS and RRMS it helps; in psoriasis less."),
        ("A trial of estriol", "Women with relapsing-remitting MS take estriol."),
        ("Baclofen", "Baclofen is given to people with MS. MS can be painful."),
        ("Ocrelizumab", "Ocrelizumab wird bei Multipler Sklerose gegeben."),
        (
            "Osteoporosis in multiple sclerosis",
            "Osteoporosis is common. Osteoporosis weakens bones. Osteoporosis can be treated.",
        ),
        (
            "COVID-19 under ocrelizumab",
            "COVID-19 was mild in people with MS. Of 40 patients with multiple sclerosis and "
            "COVID-19 none died of COVID-19. COVID-19 vaccines are advised.",
        ),
        (
            "",
            "Examplimab is used to treat relapsing MS. Hepatitis B can come back: hepatitis B is "
            "tested for, and hepatitis B is treated. Tell your doctor if your MS gets worse."
            + " Keep it out of the sight of children."
            * 300,
        ),
        ("Le natalizumab", "On le donne dans la sclérose en plaques."),
        ("Vaccines and ocrelizumab", "PwMS on ocrelizumab had few antibodies. So had other pwMS."),
        (
            "",
            "Retinoic acid (RA) is a vitamin. RA binds. RA acts. RA lessens multiple sclerosis. RA "
            "is given in multiple sclerosis.",
        ),
        (
            "Cladribine",
            "Cladribine is used to treat multiple sclerosis. Not if you have psoriasis.",
        ),
        ("Vaccines in RRMS", "MS-related fatigue was rare in plwMS."),
        (
            "",
            "In rheumatoid arthritis (RA) it failed. People with MS fared well on it. Of those "
            "with MS, half had no relapse, and MS patients were glad. RA differs.",
        ),
    ],
)
def test_document_on_ms_is_known(title: str, body: str) -> None:
    assert judged(title, body)[0] is True


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("", ""),
        ("Cooking with lentils", "Boil them for an hour."),
        ("Rituximab and symptoms of arthritis", "Rituximab eased symptoms and sleep problems."),
        ("Health systems", "Terms and problems of systems; 5 ms and Ms Smith, M.S., were named."),
        (
            "Interferon in arthritis",
            "Rheumatoid arthritis (RA) is of the joints. Interferon beta is approved for multiple "
            "sclerosis. Patients with RA took it. RA patients' scores did not change. It is known "
            "in multiple sclerosis. RA stayed as it was.",
        ),
        (
            "",
            "Antibodies are found in NMOSD. Multiple sclerosis is another disease. Neuromyelitis "
            "optica spectrum disorder is rare, and NMOSD's attacks are hard.",
        ),
        ("Rituximab in RA", "RA was better. Patients with RA, unlike those with MS, had pain."),
        (
            "Drugs in SLE",
            "Patients with SLE took part, as had those with multiple sclerosis before.",
        ),
        ("Abatacept in rheumatoid arthritis", "Unlike in multiple sclerosis, abatacept helps."),
        ("Lupus", "Lupus is not MS. Lupus affects the skin; systemic lupus erythematosus more."),
        (
            "Fumarates",
            "Psoriasis is treated with fumarates. Multiple sclerosis too. Psoriasis heals.",
        ),
        (
            "",
            "Examplimab is used to treat psoriasis and multiple sclerosis. Psoriasis heals in "
            "weeks. Psoriasis comes back. In multiple sclerosis it is less used.",
        ),
        (
            "NMOSD therapy",
            "Patients with NMOSD and NMOSD patients on placebo relapsed. MS differs from NMOSD. "
            "Some MS patients and patients with MS served as controls. NMOSD is rare: people with "
            "NMOSD are few.",
        ),
        ("Mass spectrometry of proteins", "Mass spectrometry (MS) is exact. MS is fast."),
        ("Vitamin D in Jackson, MS", "It is sold in Jackson, MS 39201 and in Oxford, MS."),
        ("A long history", "Multiple sclerosis exists. " + "Many other things were said. " * 100),
    ],
)
def test_document_on_something_else_is_known(title: str, body: str) -> None:
    assert judged(title, body)[0] is False


def test_reason_is_a_plain_sentence() -> None:
    assert judged("Psoriasis", "Psoriasis is no MS.") == (
        False,
        "The title names psoriasis, and the text names MS once.",
    )
