"""The book itself: what its chapters promise readers."""
