"""A content security policy for the site's pages: its own files, its own scripts, and nothing that slips in."""
