"""A quote is taken of whole words, numbers and pictures; else the whole is offered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.as_typed import typed
from sources.quoting import WIDEST, nearest, occurrences, widened
from sources.whole_words import is_cut


@pytest.mark.parametrize(
    ("text", "quote", "whole"),
    [
        ("was ineffective in PPMS.", "effective in PPMS", "ineffective in PPMS"),
        ("was in\u00adeffective here", "effective here", "in\u00adeffective here"),
        ("no\u200bt safe", "t safe", "no\u200bt safe"),
        ("was in-\neffective here", "effective here", "in-\neffective here"),
        ("was in-\neffective here", "was in", "was in-\neffective"),
        ("is non-inferior to it", "inferior to it", "non-inferior to it"),
        ("is non–inferior to it", "is non", "is non–inferior"),
        ("anti-CD20 cells", "CD20 cells", "anti-CD20 cells"),
        ("of CD4+ cells", "of CD4", "of CD4+"),
        ("of CD4− cells", "of CD4", "of CD4−"),
        ("it isn’t safe", "t safe", "isn’t safe"),
        ("it can't be", "it can", "it can't"),
        ("the (un)safe drug", "safe drug", "(un)safe drug"),
        ("the (un)safe drug", "un)safe drug", "(un)safe drug"),
        ("5 mg/kg daily", "5 mg", "5 mg/kg"),
        ("fell by 50% in", "fell by 5", "fell by 50%"),
        ("fell by 50% in", "fell by 50", "fell by 50%"),
        ("fell by 50\u00a0% in", "fell by 50", "fell by 50\u00a0%"),
        ("a dose of 0.5 mg", "5 mg", "0.5 mg"),
        ("a dose of 0·5 mg", "dose of 0", "dose of 0·5"),
        ("a dose of .5 mg", "5 mg", ".5 mg"),
        ("in 1,000 people", "in 1", "in 1,000"),
        ("in 1\u2009000 people", "000 people", "1\u2009000 people"),
        ("in 1\u2009000\u2009000 people", "in 1 000", "in 1\u2009000\u2009000"),
        ("5–10 lesions", "10 lesions", "5–10 lesions"),
        ("of 10⁻³ cells", "of 10", "of 10⁻³"),
        ("a change of −3 points", "3 points", "−3 points"),
        ("5 ± 3 lesions", "3 lesions", "± 3 lesions"),
        ("5±3 lesions", "3 lesions", "±3 lesions"),
        ("P <0.05 was", "0.05 was", "<0.05 was"),
        ("in < 5% of them", "5% of them", "< 5% of them"),
        ("in ≥5 of them", "5 of them", "≥5 of them"),
        ("in ≤.5 of them", "5 of them", "≤.5 of them"),
        ("a ﬁne drug", "ne drug", "ﬁne drug"),
        ("See 👩‍⚕️ here", "See 👩", "See 👩‍⚕️"),
        ("See 👩‍⚕️ here", "⚕️ here", "👩‍⚕️ here"),
        ("🇩🇪🇫🇷", "🇪🇫", "🇩🇪🇫🇷"),
        ("🇩🇪🇫🇷 a", "🇫", "🇫🇷"),
        ("ok 👍🏽 yes", "ok 👍", "ok 👍🏽"),
        ("1\ufe0f\u20e3 a", "1", "1\ufe0f\u20e3"),
        ("👨🏽‍🔬 a", "👨🏽", "👨🏽‍🔬"),
        ("was in\u00ad\neffective in MS", "effective in MS", "in\u00ad\neffective in MS"),
        ("was in¬\neffective in MS", "effective in MS", "in¬\neffective in MS"),
        ("was in=\neffective in MS", "effective in MS", "in=\neffective in MS"),
        ("is (non-)inferior to it", "inferior to it", "(non-)inferior to it"),
        ("the (un-)safe drug", "safe drug", "(un-)safe drug"),
        ("the un(-)safe drug", "safe drug", "un(-)safe drug"),
        ("was *in*effective in MS", "effective in MS", "in*effective in MS"),
        ("was **in**effective in MS", "effective in MS", "in**effective in MS"),
        ("was <b>in</b>effective in MS", "effective in MS", "in</b>effective in MS"),
        ("was ~~in~~effective in MS", "effective in MS", "in~~effective in MS"),
        ("is *non*-inferior to it", "inferior to it", "non*-inferior to it"),
        ("is non·inferior to it", "inferior to it", "non·inferior to it"),
        ("p >= 0.05 in all", "0.05 in all", ">= 0.05 in all"),
        ("p<=0.05 in all", "0.05 in all", "<=0.05 in all"),
        ("HR=.45 in all", "45 in all", ".45 in all"),
        ("change of − 5 points", "5 points", "− 5 points"),
        ("change of +/- 5 points", "5 points", "+/- 5 points"),
        ("for 1 ½ years", "½ years", "1 ½ years"),
        ("in 1,\n000 patients", "000 patients", "1,\n000 patients"),
        ("of 0. 5 mg", "5 mg", "0. 5 mg"),
        ("non-\nMS patients", "MS patients", "non-\nMS patients"),
        ("NON-\nINFERIOR TO", "INFERIOR TO", "NON-\nINFERIOR TO"),
        ("no-\n1 choice", "1 choice", "no-\n1 choice"),
    ],
)
def test_cut_quote_is_not_taken_and_the_whole_is_offered(text: str, quote: str, whole: str) -> None:
    assert occurrences(text, quote) == []
    assert [text[s.start : s.end] for s in widened(text, quote)] == [whole]
    assert [text[s.start : s.end] for s in occurrences(text, whole)] == [whole]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("fell (by 5) in “good” 10-year trials [1].", "by 5"),
        ("fell (by 5) in “good” 10-year trials [1].", "good"),
        ("fell (by 5) in “good” 10-year trials [1].", "trials"),
        ("fell by 5. Then, 6, and so on", "fell by 5"),
        ("fell by 5. Then, 6, and so on", "6"),
        ("in MS.12 The drug is safe", "in MS."),
        ("in MS[12] the drug is safe", "in MS"),
        ("safe—and well tolerated--drug", "safe"),
        ("safe—and well tolerated--drug", "well tolerated"),
        ("- Safe in MS", "Safe in MS"),
        ("-Safe in MS", "Safe in MS"),
        ("a - 5 mg", "5 mg"),
        ("a <b>5</b> mg", "5"),
        ("HR=0.5 here", "0.5 here"),
        ("**Background:** The drug", "The drug"),
        ("*Safe* in MS", "Safe"),
        ("<b>Safe</b> in MS", "Safe"),
        ("a 2 * 3 b", "3 b"),
        ("p = 0.05 here", "0.05 here"),
        ("soft\u00ad \u00a0, here", "here"),
        ("</h1><i>Ann Author</i>", "Ann Author"),
        ("in 2017 300 people", "300 people"),
        ("它对进展型无效", "进展型"),
        ("约5%的患者", "5%"),
        ("ยานี้ปลอดภัย", "ปลอดภัย"),
        ("再発を50%減少", "再発を50%"),
        ("🏴\U000e0067\U000e0062\U000e007f a", "🏴"),
    ],
)
def test_whole_quote_is_taken(text: str, quote: str) -> None:
    (span,) = occurrences(text, quote)
    assert typed(text[span.start : span.end]).text == typed(quote).text
    assert widened(text, quote) == []


def test_flag_is_taken_with_all_that_is_not_seen_of_it() -> None:
    flag = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
    (span,) = occurrences(f"a {flag} b", "🏴")
    assert span.end == 2 + len(flag)


def test_whole_place_goes_before_one_that_is_cut() -> None:
    text = "It is ineffective in PPMS. It is effective in RRMS, and effective-ish."
    (span,) = occurrences(text, "effective")
    assert span.start == text.index("effective in RRMS")


def test_word_longer_than_any_is_not_offered() -> None:
    text = "a" * (3 * WIDEST)
    assert (widened(text, "a" * 20), nearest(text, "a" * 20)) == ([], None)


SIGNS = st.text(st.sampled_from("ab5 0.,-'%<>±+()[]·/_² \u00a0無é👩‍🇩"), max_size=30)


@given(SIGNS, SIGNS)
def test_what_is_offered_or_taken_is_whole(text: str, quote: str) -> None:
    page = typed(text).text
    near = nearest(text, quote)
    spans = [*occurrences(text, quote), *widened(text, quote), *([near] if near else [])]
    for span in spans:
        start = len(typed(text[: span.start]).text)
        exact = typed(text[span.start : span.end]).text.strip()
        start = page.find(exact, max(0, start - 1))
        assert not is_cut(page, start)
        assert not is_cut(page, start + len(exact))
