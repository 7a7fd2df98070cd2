"""Citable works, the documents read from them, and the passages that quote them."""
