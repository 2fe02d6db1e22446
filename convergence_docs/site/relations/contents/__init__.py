"""A hand-written table of contents, shown once."""
