"""Mails: what is sent to people, in which words, and how often it is tried."""
