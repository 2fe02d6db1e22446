"""What the site shows of the book itself: matrix, terms, tables, charts."""
