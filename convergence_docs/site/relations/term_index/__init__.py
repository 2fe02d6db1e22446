"""The index of all terms."""
