"""Diagrams in pages: drawn at build where that can be, described in words, left to the browser where it must."""
