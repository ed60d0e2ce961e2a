"""Signing in, personal links, API tokens and tickets."""
