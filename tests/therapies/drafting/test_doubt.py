"""Words of doubt, denial and aim: where there is one, nobody takes a sentence as stated."""

import pytest

from therapies.drafting.doubt import certainty_of, words_of_doubt

PLAIN = (
    "Ocrelizumab reduced the relapse rate.",
    "In May 2019, siponimod was approved by the agency.",
    "Approved on 3 May, siponimod is taken once a day.",
    "The intention-to-treat population had fewer relapses with ocrelizumab.",
    "Ofatumumab is indicated for non-active disease.",
    "Nodules and notes of nurses on natalizumab.",
    "Women should use contraception with teriflunomide.",
    "The noted aimless canister of hopelessness and mayonnaise.",
)
DOUBTFUL = (
    ("Ocrelizumab may reduce relapses.", ("may",)),
    ("OCRELIZUMAB MIGHT HELP.", ("might",)),
    ("It didn’t slow disability.", ("didn't",)),
    ("It can't help, and it won't.", ("can't", "won't")),
    ("Estriol did not, not at all, help.", ("not",)),
    ("Infusions can be given at home.", ("can be",)),
    ("Infusions can cause fever.", ("can",)),
    ("The results sug\u00adgest a benefit.", ("suggest",)),
    ("It <i>may</i> help.", ("may",)),
    ("It was approved in May 2019 and may help.", ("may",)),
    ("Neither drug helped, nor did any other.", ("neither", "nor")),
    ("The study asks whether relapses fall.", ("whether",)),
    ("If relapses occur, stop ocrelizumab.", ("if",)),
    ("Its effect on relapses is unclear or unknown.", ("unclear", "unknown")),
    ("Estriol aims, it is hoped, at relapses.", ("aims", "hoped")),
    ("Patients without relapses stopped.", ("without",)),
    ("Never take it with food: none should.", ("never", "none")),
    ("It appears safe, seems tolerated, is likely good.", ("appears", "seems", "likely")),
    ("A possible, potentially fatal infection would follow.", ("possible", "potentially", "would")),
)
CERTAINTY = (
    ("Ocrelizumab reduced the relapse rate.", "stated"),
    # Doubt alone
    ("Ocrelizumab may reduce relapses in people who have many.", "hedged"),
    ("Evidence suggests that estriol helps.", "hedged"),
    ("Its effect on relapses is unknown.", "hedged"),
    ("Ocrelizumab reduced relapses in people who may have others.", ""),
    ("Ocrelizumab may help, but it raised the risk of infections.", ""),
    # Denial alone
    ("Estriol did not reduce relapses or disability.", "negated"),
    ("There was no effect on relapses with estriol.", "negated"),
    ("No deaths occurred with ocrelizumab.", "negated"),
    ("Estriol doesn’t slow disability.", "negated"),
    ("Ocrelizumab reduced relapses in people with no earlier treatment.", ""),
    ("Ocrelizumab helped people who did not respond to interferon.", ""),
    ("Estriol did not help and was withdrawn.", ""),
    ("Estriol did not reduce relapses, although it slowed disability.", ""),
    ("Side effects are not uncommon, never without cause.", ""),
    ("Ocrelizumab not only reduces relapses.", ""),
    # Aims alone
    ("Estriol aims to reduce relapses.", "intended"),
    ("The goal of CAR T-cell therapy is to reset the immune system.", "intended"),
    ("Researchers hope to slow disability with estriol.", "intended"),
    ("Immunotherapy offers hope.", ""),
    # Two kinds, or a word that points no way
    ("Estriol may not help.", ""),
    ("The study aims to see whether relapses fall.", ""),
    ("Ocrelizumab can be given at home.", ""),
    ("Patients failed interferon.", ""),
)


@pytest.mark.parametrize("sentence", PLAIN)
def test_plain_sentences_have_no_such_word(sentence: str) -> None:
    assert words_of_doubt(sentence) == ()


@pytest.mark.parametrize(("sentence", "words"), DOUBTFUL)
def test_words_are_found_whatever_their_signs(sentence: str, words: tuple[str, ...]) -> None:
    assert words_of_doubt(sentence) == words


@pytest.mark.parametrize(("sentence", "certainty"), CERTAINTY)
def test_certainty_is_told_only_where_it_is_plain(sentence: str, certainty: str) -> None:
    assert certainty_of(sentence) == certainty
