"""Chapters are data: parse, check and render Chinese Markdown books."""

__version__ = "0.1.0"
