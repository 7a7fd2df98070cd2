"""From sentences to what they say of whom, on what topic and how surely."""
