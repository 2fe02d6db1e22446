"""Comparing books."""
