"""The workroom of therapies, mechanisms and claims, and of the sources that they rest on."""

from therapies.admin import claims, sources, subjects

__all__ = ["claims", "sources", "subjects"]
