"""How chapters hang together: what links to a page, what stands beside it, where it stands."""
