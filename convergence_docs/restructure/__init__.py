"""Change a book's structure and keep whole all that hangs on it: numbers, anchors, links, tables of contents."""
