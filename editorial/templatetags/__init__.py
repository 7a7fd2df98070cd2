"""Template tags of the editorial app."""
