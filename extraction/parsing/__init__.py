"""Sentences to trees: known names masked, the parser, and what a tree answers."""
