"""Measurements of the project on generated input; no test depends on them."""
