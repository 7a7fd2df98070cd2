"""The reading room for people: pages of therapies, mechanisms, sources and claims."""
