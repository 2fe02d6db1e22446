"""The graph of the chapters."""
