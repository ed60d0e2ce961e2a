"""The mails to send, and those that were sent."""
