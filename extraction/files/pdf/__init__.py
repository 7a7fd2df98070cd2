"""PDF files: letters to lines, columns, blocks and paragraphs; pages as pictures."""
