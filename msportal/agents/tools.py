"""The tools: what each takes and gives, and how a model is told when to use it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from msportal.agents import answering
from msportal.agents.answers import (
    Answer,
    ChangesAnswer,
    CompareAnswer,
    EvidenceAnswer,
    SearchAnswer,
    SourceAnswer,
    SubjectAnswer,
)
from msportal.agents.arguments import (
    Arguments,
    ChangesArguments,
    CompareArguments,
    EvidenceArguments,
    SearchArguments,
    SourceArguments,
    SubjectArguments,
)
from msportal.agents.reading import Reader


@dataclass(frozen=True, slots=True)
class Tool:
    """What is offered under a name."""

    name: str
    title: str
    description: str
    takes: type[Arguments]
    gives: type[Answer]
    answer: Callable[[Reader, Any], Answer]


_QUOTING = (
    " To quote a claim, give its passage verbatim, the source, and the claim's address; pass marks "
    "such as withdrawn or source-retracted on."
)
TOOLS: tuple[Tool, ...] = (
    Tool(
        "search",
        "Search",
        "Find therapies, mechanisms, single statements and sources on immunotherapy for multiple "
        "sclerosis, in what editors reviewed and made public. Forgives misspellings.",
        SearchArguments, SearchAnswer, answering.search,
    ),
    Tool(
        "therapy",
        "Read a therapy",
        "What sources say of one therapy, topic by topic, each claim with verbatim passages; what "
        "sources do not state; and topics that nobody has reviewed yet." + _QUOTING,
        SubjectArguments, SubjectAnswer, answering.therapy,
    ),
    Tool(
        "mechanism",
        "Read a mechanism",
        "What sources say of one mechanism of action or disease process, and which therapies are "
        "said to act by it." + _QUOTING,
        SubjectArguments, SubjectAnswer, answering.mechanism,
    ),
    Tool(
        "source",
        "Read a source",
        "One cited work: what it is, whether it was corrected or retracted, and claims that rest "
        "on it.",
        SourceArguments, SourceAnswer, answering.source,
    ),
    Tool(
        "compare",
        "Compare therapies",
        "Two to four therapies side by side, outcome by outcome and harm by harm, with which gaps "
        "there are. Nothing is ranked, and a row says where numbers were not measured alike."
        + _QUOTING,
        CompareArguments, CompareAnswer, answering.compare,
    ),
    Tool(
        "evidence",
        "Read the evidence of a claim",
        "Every passage under one claim, verbatim with what stands around it, its source, whether "
        "it supports or disputes the claim, and who judged that.",
        EvidenceArguments, EvidenceAnswer, answering.evidence,
    ),
    Tool(
        "changes",
        "Follow changes",
        "What was approved, withdrawn or marked after an entry of the publication log. Keep the "
        "number and hash that it gives, and ask with them next time.",
        ChangesArguments, ChangesAnswer, answering.changes,
    ),
)  # fmt: skip
BY_NAME = {tool.name: tool for tool in TOOLS}
