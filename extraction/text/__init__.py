"""The text of a document: its encoding, mark-up, lines, words and sentences."""
