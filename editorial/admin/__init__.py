"""The workroom's ground floor: the admin of records, their review, people and what is on record."""

from editorial.admin import interests, ledgers, people

__all__ = ["interests", "ledgers", "people"]
