"""LaTeX as it is read."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.text.latex import plain, runs


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"J{\o}rgen Gro{\ss}, \O ystein, {\AE}ble, {\L}uk", "Jørgen Groß, Øystein, Æble, Łuk"),
        (r"{\"u} \"{u} \"u {\'{\i}} {\c{s}} \c c {\v Z} \H{o} \k{a} \.{I}", "ü ü ü í ş ç Ž ő ą İ"),
        (r"50\% of R\&D \#1 a\_b \$5 \{x\}", "50% of R&D #1 a_b $5 {x}"),
        (r"\textit{in vivo} {\em and} \emph{vitro}", "in vivo and vitro"),
        (r"T$_{H}$17, CD4$^{+}$, $\alpha_4\beta_1$, 10$^{-3}$", "TH17, CD4+, α4β1, 10^-3"),
        (r"$p<0.05$, $\leq$ 3, $95\%$, $\frac{1}{2}$", "p<0.05, ≤ 3, 95%, 1/2"),
        (r"interferon-{\textbeta}, \textgreater{} 3", "interferon-β, > 3"),
        ("a~b, 1--9, x --- y, ``so''", "a b, 1–9, x — y, “so”"),
        (r"$\less$p$\greater$A $\less$i$\greater$b$\less$/i$\greater$", "A b"),
        (r"a &amp; b \&amp; c", "a & b & c"),
        ("costs $5 and $10 a day", "costs $5 and $10 a day"),
        (r"\input{/etc/passwd} $\unknown{x}$", r"\input{/etc/passwd} $\unknown{x}$"),
        (r"pro\-gres\-sion a\footnote{no} \cite{k}", "progression a"),
        ("na\u00adive", "naive"),
    ],
)  # fmt: skip
def test_plain_is_what_a_reader_sees(written: str, shown: str) -> None:
    assert plain(written) == shown


def test_tilde_of_an_address_is_its_own() -> None:
    assert plain(r"http://a.example/~b/c\_d--e", ties=False) == "http://a.example/~b/c_d--e"


PIECES = st.sampled_from([*"{}\\$~-'`\"^_ab%&<> \n", "\\o", "\\textit{", "\\'e", "$x$"])


@given(st.lists(PIECES, max_size=40).map("".join))
def test_runs_go_through_the_text_in_order(text: str) -> None:
    reached = 0
    for run in runs(text, 0, len(text)):
        assert reached <= run.start < run.end <= len(text)
        assert run.shown
        assert not run.literal or run.shown == text[run.start : run.end]
        reached = run.end
    plain(text)


HOSTILE = [
    "{" * 1_000_000,
    "$" * 1_000_000,
    "\\" * 1_000_000,
    "\\'{" * 300_000,
    "$" + "\\frac" * 50 + "$",
    "$" + "\\left(" * 45 + "$",
    "\\begin{" * 100_000,
    "".join(f"$x_{{{n}}}$" for n in range(100_000)),
    "<b>" * 300_000 + "\\",
    " " * 1_000_000 + "\\",
]


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_latex_takes_bounded_time(number: int) -> None:
    begun = time.process_time()
    plain(HOSTILE[number])
    assert time.process_time() - begun < 10
