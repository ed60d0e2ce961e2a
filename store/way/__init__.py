"""Inquiries and their steps, and the rules of the clinic by date."""
