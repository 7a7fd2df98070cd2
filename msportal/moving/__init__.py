"""A whole database, copied into an empty one: from SQLite to PostgreSQL, first of all."""
