"""Figures as values: percentages, ratings, degrees and money, and the algebra of their intervals."""
