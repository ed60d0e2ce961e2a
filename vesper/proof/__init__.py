"""What an operator or an auditor checks, exports and restates."""
