"""The three lanes of tests, and how thoroughly each explores.

*fast*: what needs no process, server or browser and does not go wide, on SQLite. *whole*:
everything, on both databases, the same from run to run. *long*: exploration from a seed that is
new each time and printed, and what kills for long.
"""

import os

from hypothesis import Verbosity, settings

LANE = os.environ.get("TEST_LANE", "whole")
SEED = 20260101
"""The order of tests and whatever else is random in the fast and the whole lane."""
FAST_PART = 4
LONG_FACTOR = 30
WIDE = (
    "tests/attacks/",
    "tests/journeys/test_canary.py",
    "tests/journeys/test_golden.py",
    "tests/journeys/test_hostile_log.py",
    "tests/journeys/test_reading_room.py",
    "tests/journeys/test_remembered_pages.py",
    "tests/msportal/agents/test_edges.py",
    "tests/msportal/test_api_written.py",
    "tests/msportal/test_sign_in.py",
    "tests/therapies/test_admin_names.py",
    "tests/therapies/test_admin_pages.py",
    "tests/sources/test_quoting.py::test_time",
)
"""What asks every address, tries every field or way, or measures how time grows."""
TIMED = ("bounded_time", "time_grows")
"""Part of the name of a test that measures how time grows."""
LOOKED_AT = (
    "tests/attacks/test_text.py",
    "tests/bench/",
    "tests/browser/test_api_docs.py",
    "tests/browser/test_citing.py",
    "tests/browser/test_comparing.py",
    "tests/browser/test_forms.py",
    "tests/browser/test_handing_in.py",
    "tests/browser/test_harness.py",
    "tests/browser/test_lists.py",
    "tests/browser/test_looking_back.py",
    "tests/browser/test_other_site.py",
    "tests/browser/test_proposals.py",
    "tests/browser/test_queue.py",
    "tests/browser/test_reading.py",
    "tests/browser/test_reviewing.py",
    "tests/browser/test_sentences.py",
    "tests/browser/test_upload.py",
    "tests/journeys/test_canary.py",
    "tests/journeys/test_exports_sent.py::test_places",
    "tests/journeys/test_golden.py",
    "tests/journeys/test_hostile_log.py",
    "tests/journeys/test_mirror.py",
    "tests/journeys/test_proxy.py",
    "tests/journeys/test_reading_room.py",
    "tests/journeys/test_remembered_pages.py",
    "tests/journeys/test_representations.py",
    "tests/journeys/test_sync_killed.py",
    "tests/msportal/agents/test_streams.py",
    "tests/msportal/test_api_references.py",
    "tests/msportal/test_api_written.py",
    "tests/msportal/test_command_line.py",
    "tests/msportal/test_cores.py",
    "tests/msportal/test_demo.py",
    "tests/msportal/test_error_pages.py",
    "tests/msportal/test_exporting.py::test_memory",
    "tests/msportal/test_headers.py",
    "tests/msportal/test_mistyped.py",
    "tests/msportal/test_release_verify.py",
    "tests/msportal/test_server.py",
    "tests/publication/test_api_guide.py",
    "tests/sources/citing/",
    "tests/therapies/drafting/test_ahead.py",
    "tests/therapies/drafting/test_seed_interrupted.py",
    "tests/therapies/test_admin_claims.py",
    "tests/therapies/test_admin_deciding.py",
    "tests/therapies/test_admin_faces.py",
    "tests/therapies/test_admin_hidden_fields.py",
    "tests/therapies/test_admin_names.py",
    "tests/therapies/test_admin_not_understood.py",
    "tests/therapies/test_admin_upload",
    "tests/therapies/test_pages_cite.py",
    "tests/therapies/test_pages_corrections.py",
    "tests/therapies/test_pages_design.py",
    "tests/therapies/test_pages_glance.py",
    "tests/therapies/test_pages_past.py",
    "tests/therapies/test_pages_source_texts.py",
    "tests/therapies/test_pages_truth.py",
)
"""What is made of a page, or read of a document, which is the same on both databases, and commands
that are given SQLite: on SQLite alone. What pages ask of a database is asked by the tests of
records, lists, mechanisms and claims, on both.
"""
SECOND = {
    "sqlite": ("tests/browser/",),
    "postgresql": (
        "tests/attacks/test_web_role.py",
        "tests/browser/",
        "tests/journeys/test_web_role.py",
        "tests/msportal/test_verify.py",
    ),
}
"""What waits, on each database, until one of the two cores is free: both have work to the end."""
READING = ("tests/extraction/",)
"""What reads in processes, which reach no database either."""
DATABASE_FIXTURES = frozenset(
    {"database_copies", "database_copy", "db", "filled_copy", "module_rows", "transactional_db"}
)
PROCESS_FIXTURES = frozenset(
    {"browser", "database_copies", "database_copy", "large_site", "page", "site_server"}
)
"""Who asks for one of these starts a process."""


def examples(number: int) -> int:
    """How many examples a property is tried on: fewer in the fast lane, more in the long one."""
    if LANE == "fast":
        return max(1, number // FAST_PART)
    return number * LONG_FACTOR if LANE == "long" else number


def load_profile() -> None:
    """No deadline: how long an example takes depends on the machine and its load."""
    steady = settings(
        deadline=None, database=None, derandomize=LANE != "long", max_examples=examples(100),
        print_blob=True, verbosity=Verbosity.normal,
    )  # fmt: skip
    settings.register_profile(LANE, steady)
    settings.load_profile(LANE)
