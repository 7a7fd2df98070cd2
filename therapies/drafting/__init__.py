"""From documents to drafts: what is handed in, what was read in it, and what is written."""
