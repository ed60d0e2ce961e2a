"""Consents, disclosures, and who looked."""
