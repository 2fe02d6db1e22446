"""Frozen records of what chapters hold. They know where they stand and nothing of how they were read."""
