"""Sends the outbox through a mail server (SMTP)."""
