"""The site on paper: chapters as they should be printed, and the whole book as one page."""
