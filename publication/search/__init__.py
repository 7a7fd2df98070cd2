"""Full-text search of what is public: the same answers on SQLite and PostgreSQL, at any entry.

Words are folded and cut to their stems here, before either database sees them; each does nothing
but find the rows that hold the words asked for (FTS5, a GIN index). Ranking, marking of what was
found and spelling are plain Python over the rows found.
"""
