"""A report, written for people and for machines. Every renderer is a pure function from a `Report` to text."""
