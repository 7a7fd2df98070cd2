"""Names and mechanism phrases found in sentences: which name, and exactly which words."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extraction.names.mentions import Search
from extraction.types import Span
from tests.extraction.extracting import VOCABULARY
from tests.lanes import examples


def said(text: str, *kinds: str) -> list[tuple[str, str]]:
    """Canonical names and their words in ``text``, of the kinds asked for."""
    mentions = Search.through(text, VOCABULARY).mentions([Span(0, len(text))])
    return [(m.canonical, text[m.start : m.end]) for m in mentions if m.kind in kinds]


@pytest.mark.parametrize(
    ("text", "canonical", "words"),
    [
        ("Tysabri® was given.", "Natalizumab", "Tysabri"),
        ("Ocrelizumabum was given.", "Ocrelizumab", "Ocrelizumabum"),
        ("Cladribinum was given.", "Cladribine", "Cladribinum"),
        ("DMF was given.", "Dimethyl fumarate", "DMF"),
        ("ATA-188 was given.", "ATA188", "ATA-188"),
        ("KYV-101 was given.", "Mivocabtagene autoleucel", "KYV-101"),
        ("interferon-beta was given.", "Interferon beta", "interferon-beta"),
        ("Older interferons were given.", "Interferon beta", "interferons"),
        ("IFNβ-1a was given.", "Interferon beta-1a", "IFNβ-1a"),
        ("interferon beta1b was given.", "Interferon beta-1b", "interferon beta1b"),
        ("beta interferons are injected.", "Interferon beta", "beta interferons"),
        ("disease‑modifying\ntherapies work.", "Disease-modifying therapies",
         "disease‑modifying\ntherapies"),
        ("DMTs work.", "Disease-modifying therapies", "DMTs"),
        ("It was natali-\nzumab.", "Natalizumab", "natali-\nzumab"),
        ("Mono\u00adclonal antibodies12,13 work.", "Monoclonal antibodies",
         "Mono\u00adclonal antibodies"),
        ("Hematopoietic stem-cell transplants help.",
         "Autologous haematopoietic stem cell transplantation",
         "Hematopoietic stem-cell transplants"),
        ("Bruton’s tyrosine kinase (BTK) inhibitors help.", "BTK inhibitors",
         "Bruton’s tyrosine kinase (BTK) inhibitors"),
        ("B cell–depleting drugs help.", "B-cell depleting agents", "B cell–depleting drugs"),
        ("Antigen-specific immunotherapy helps.", "Antigen-specific immunotherapy",
         "Antigen-specific immunotherapy"),
    ],
)  # fmt: skip
def test_therapy_is_found_however_it_is_written(text: str, canonical: str, words: str) -> None:
    assert said(text, "therapy") == [(canonical, words)]


@pytest.mark.parametrize(
    "text",
    [
        "interferon gamma rose.",
        "IFN-γ rose.",
        "Serum 25-hydroxyvitamin D fell.",
        "A steroid-free regimen.",
        "Anti-natalizumab antibodies were found.",
        "The dmt gene.",
        "Prestatins are not a thing.",
    ],
)
def test_what_only_looks_like_a_therapy_is_left(text: str) -> None:
    assert said(text, "therapy") == []


def test_name_does_not_cross_a_paragraph() -> None:
    assert said("glatiramer\n\nacetate", "therapy") == [("Glatiramer acetate", "glatiramer")]


def test_abbreviation_counts_where_the_document_introduces_it() -> None:
    text = "Cyclophosphamide (CPM) and methylprednisolone (MP). CPM was better than MP."
    assert said(text, "therapy") == [
        ("Cyclophosphamide", "Cyclophosphamide"),
        ("Cyclophosphamide", "CPM"),
        ("Methylprednisolone", "methylprednisolone"),
        ("Methylprednisolone", "MP"),
        ("Cyclophosphamide", "CPM"),
        ("Methylprednisolone", "MP"),
    ]


@pytest.mark.parametrize(
    "text", ["GA was safe.", "Women at a gestational age (GA) of 12 weeks. GA."]
)
def test_abbreviation_not_introduced_is_left(text: str) -> None:
    assert said(text, "therapy") == []


@pytest.mark.parametrize(
    "text",
    [
        "We used mass spectrometry (MS). MS is exact.",
        "Metabolic syndrome (MS) is common. MS is costly.",
        "Samples went through LC-MS/MS.",
        "Carcinoma in situ (CIS) was found. CIS is early.",
        "A delay of 20 ms was measured by Ms Jones.",
    ],
)
def test_abbreviation_that_means_something_else_is_left(text: str) -> None:
    assert said(text, "course") == []


def test_courses_are_told_apart() -> None:
    text = "Relapsing–remitting MS (RRMS), active SPMS, primary-progressive MS, and MS."
    assert said(text, "course") == [
        ("Relapsing-remitting MS", "Relapsing–remitting MS"),
        ("Relapsing-remitting MS", "RRMS"),
        ("Active secondary progressive MS", "active SPMS"),
        ("Primary progressive MS", "primary-progressive MS"),
        ("Multiple sclerosis", "MS"),
    ]


def test_course_without_its_noun_is_read() -> None:
    assert said("For relapsing and primary progressive MS.", "course") == [
        ("Relapsing MS", "relapsing"),
        ("Primary progressive MS", "primary progressive MS"),
    ]


def test_generic_course_is_left_in_a_text_that_names_no_ms() -> None:
    assert said("Tumours with progressive disease were scanned.", "course") == []


def test_mark_up_inside_a_name_is_seen_through() -> None:
    text = "<p>Copaxone<sup>&reg;</sup> or IFN&beta;-1a; glatiramer</p><p>acetate</p>"
    assert said(text, "therapy") == [
        ("Glatiramer acetate", "Copaxone"),
        ("Interferon beta-1a", "IFN&beta;-1a"),
        ("Glatiramer acetate", "glatiramer"),
    ]


@pytest.mark.parametrize(
    ("text", "canonical", "words"),
    [
        ("It selectively depletes B cells.", "B-cell depletion", "selectively depletes B cells"),
        ("B-cell depletion follows.", "B-cell depletion", "B-cell depletion"),
        ("B cells are rapidly depleted.", "B-cell depletion", "B cells are rapidly depleted"),
        ("It depletes CD52-expressing T and B cells.", "Depletion of T and B cells",
         "depletes CD52-expressing T and B cells"),
        ("It can induce immune tolerance.", "Induction of immune tolerance",
         "induce immune tolerance"),
        ("By altering lymphocyte traffic.", "Alteration of cell trafficking",
         "altering lymphocyte traffic"),
        ("A favorable shift in immune responses.", "Alteration of immune responses",
         "shift in immune responses"),
        ("Modulation of the expression of pro- and anti-inflammatory cytokines16–19.",
         "Modulation of cytokines",
         "Modulation of the expression of pro- and anti-inflammatory cytokines"),
        ("Cytokines as possible therapeutic targets.", "Targeting of cytokines",
         "Cytokines as possible therapeutic targets"),
        ("The system mistakenly attacks the myelin.", "Demyelination",
         "mistakenly attacks the myelin"),
        ("It inhibits T-cell activation.", "Inhibition of T cells",
         "inhibits T-cell activation"),
        ("An inhibitor of DHODH.", "Inhibition of DHODH", "inhibitor of DHODH"),
        ("It binds to α4-integrin.", "Targeting of alpha4-integrin", "binds to α4-integrin"),
    ],
)  # fmt: skip
def test_mechanism_phrase_is_read(text: str, canonical: str, words: str) -> None:
    assert said(text, "mechanism") == [(canonical, words)]


def test_each_target_of_a_list_is_a_mention() -> None:
    text = "Drugs that target effector T cells, regulatory cells, B cells and cell trafficking."
    assert said(text, "mechanism") == [
        ("Targeting of effector T cells", "target effector T cells"),
        ("Targeting of regulatory cells", "regulatory cells"),
        ("Targeting of B cells", "B cells"),
        ("Targeting of cell trafficking", "cell trafficking"),
    ]


def test_two_verbs_may_share_a_target() -> None:
    assert said("It aims to modulate or reset the immune system.", "mechanism") == [
        ("Immunomodulation", "modulate or reset the immune system"),
        ("Immune reconstitution", "reset the immune system"),
    ]


def test_ones_stands_for_the_last_target() -> None:
    text = "Inducing inhibitory checkpoints and blocking stimulatory ones."
    assert said(text, "mechanism") == [
        ("Induction of inhibitory immune checkpoints", "Inducing inhibitory checkpoints"),
        ("Inhibition of stimulatory immune checkpoints", "blocking stimulatory ones"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The fine balance between cytokines is complex.",
        "It affects the central nervous system.",
        "B cells were counted because relapses changed.",
        "It keeps them from entering the central nervous system.",
    ],
)
def test_no_mechanism_is_read_into_other_words(text: str) -> None:
    assert said(text, "mechanism") == []


def test_only_the_spans_given_are_read() -> None:
    text = "Natalizumab. Ocrelizumab. Fingolimod."
    mentions = Search.through(text, VOCABULARY).mentions([Span(13, 25)])
    assert [(m.canonical, m.start, m.end) for m in mentions] == [("Ocrelizumab", 13, 24)]


PIECES = st.sampled_from(
    ["multiple sclerosis", "(MS)", "MS", "ocrelizumab", "interferon", "β", "ß", "-1a", "\n", "\n\n",
     " ", "-", "–", "\u00ad", "®", "deplete", "or", "B cells", "and", "T", ",", "(", ")", "(CPM)",
     "ones", "target", "relapsing and", "ﬁ", "İ", "é", "\u0301", "12", ".", "’s",
     "mistakenly", ":", "GA", "=", "\x00", "<i>", "<p>", "&beta;"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join))


@settings(max_examples=examples(150))
@given(TEXTS, st.integers(0, 200), st.integers(0, 200))
@example("A(B(C(", 0, 6)
@example("INTERFERON&Beta;", 0, 12)
def test_mentions_lie_within_their_span(text: str, start: int, length: int) -> None:
    end = min(len(text), start + length)
    start = min(start, end)
    mentions = Search.through(text, VOCABULARY).mentions([Span(start, end)])
    assert [m for m in mentions if not start <= m.start < m.end <= end] == []
    assert list(mentions) == sorted(mentions, key=lambda m: (m.start, -m.end, m.kind, m.canonical))


@pytest.mark.parametrize(
    "text",
    [
        "INTERFERON&Beta;",
        "interferon &#946;-1a",
        "interferon <i>beta</i>-1a",
        "natali&shy;zumab",
        "interferon beta<sup>-1a</sup>",
        "&Beta;-interferon",
    ],
)
def test_no_mention_reaches_past_a_span_that_ends_or_begins_inside_mark_up(text: str) -> None:
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            for mention in Search.through(text, VOCABULARY).mentions([Span(start, end)]):
                assert start <= mention.start < mention.end <= end


@pytest.mark.parametrize("unit", ["(MS) ", "deplete or ", "B cells, ", "and ", "a-\n", "GA: a "])
def test_repeated_words_do_not_pile_up(unit: str) -> None:
    text = unit * 5000
    mentions = Search.through(text, VOCABULARY).mentions([Span(0, len(text))])
    assert len(mentions) <= 5000


@pytest.mark.parametrize(
    "name",
    ["samplimab", "samprubart", "sampokitug", "samplimig", "sampokiment", "sampliquimod",
     "samplutinib", "samplecabtagene autoleucel", "samplestemcel-L"],
)  # fmt: skip
def test_stem_of_an_international_name_tells_a_therapy(name: str) -> None:
    assert said(f"The drug {name} lowered relapses.", "therapy") == [
        (name[0].upper() + name[1:], name)
    ]


@pytest.mark.parametrize(
    "words",
    ["treatment and management", "the testament of Hobart", "a ligament in excel", "the refinement",
     "a filament of complement", "cancel the parcel", "Stobart and Isimud"],
)  # fmt: skip
def test_words_that_end_like_a_stem_name_no_therapy(words: str) -> None:
    assert said(f"The drug lowered {words} in a trial.", "therapy") == []


def test_abbreviation_that_the_text_gives_another_meaning_names_no_therapy() -> None:
    assert said("Dimethylformamide (DMF) is a solvent. DMF was used.", "therapy") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Recovery was faster.", True),
        ("Recovery of lymphocytes was faster.", False),
        ("They wait for recovery of the absolute lymphocyte count.", False),
        ("B-cell recovery was faster.", False),
    ],
)
def test_recovery_of_cells_is_no_recovery_from_attacks(text: str, *, found: bool) -> None:
    assert any(name == "Recovery from attacks" for name, _ in said(text, "outcome")) is found
