"""The names of a vocabulary and how a text writes them."""
