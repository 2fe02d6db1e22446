"""What the site tells search engines, feed readers, other programs, and those who come by an old address."""
