"""The workroom of therapies, mechanisms and claims, and of the sources that they rest on."""

from therapies.admin import claims, reports, sources, subjects, synonyms, upload

__all__ = ["claims", "reports", "sources", "subjects", "synonyms", "upload"]
