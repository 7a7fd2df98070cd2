"""Files that are no text: what they are, and the process apart that makes a text of them."""
