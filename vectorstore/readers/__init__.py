"""One module a file format: bytes to pages of text."""
