"""Hand-written tables of contents: what they list, what they lack, and how their lines are put right."""
