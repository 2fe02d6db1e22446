"""Which sentences of other chapters link to a page."""
