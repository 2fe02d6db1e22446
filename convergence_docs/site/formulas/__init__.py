"""Formulas set as MathML at build."""
