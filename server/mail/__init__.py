"""The clinic's outgoing mail, for its administrators."""
