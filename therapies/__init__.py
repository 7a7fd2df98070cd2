"""Therapies, mechanisms and the claims about them: drafting, review content, public pages, API."""
