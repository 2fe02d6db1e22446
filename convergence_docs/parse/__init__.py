"""Text becomes a `Chapter`. `parse_chapter` is the only way in."""
