"""The ground: the publication log, and what is read from it. Knows no user and no record."""
