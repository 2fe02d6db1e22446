"""Where links lead: destinations, what they resolve to, and what was likely meant where they lead nowhere."""
