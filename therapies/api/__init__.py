"""Therapies, mechanisms and claims in the API."""
