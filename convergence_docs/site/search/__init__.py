"""Search: what a reader types is found as it stands, in Chinese too."""
