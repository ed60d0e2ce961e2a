"""Consents, disclosures, and the audit of access."""
