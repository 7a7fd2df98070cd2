"""What sentences say of therapies: constructions declared over the parse, one module a topic."""
