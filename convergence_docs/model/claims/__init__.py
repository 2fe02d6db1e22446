"""What chapters claim: claims, the ledger that gathers them, and where two of them cannot both hold."""
