"""All sources that the chapters cite, on one page."""
