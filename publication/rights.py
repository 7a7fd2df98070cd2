"""What the site's own database role may do with the rows of a table, as PostgreSQL says it.

A kind of model says its own in ``web_may``; ``msportal.roles`` makes grants of them.
"""

NOTHING: frozenset[str] = frozenset()
READ = frozenset({"SELECT"})
APPEND = READ | {"INSERT"}
"""For rows that stay for good."""
CHANGE = APPEND | {"UPDATE"}
"""For rows that are never deleted."""
EDIT = CHANGE | {"DELETE"}
UPDATE, DELETE = frozenset({"UPDATE"}), frozenset({"DELETE"})
