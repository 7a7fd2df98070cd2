"""Django's backend for SQLite, with migrations that keep triggers: name it as ENGINE."""
