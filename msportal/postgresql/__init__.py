"""Django's backend for PostgreSQL with connections that give up on a server that is gone."""
