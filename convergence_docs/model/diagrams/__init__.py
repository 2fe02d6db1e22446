"""Diagrams as data: what a Mermaid block says, where it says it, and what Mermaid itself makes of it."""
