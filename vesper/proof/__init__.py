"""Commands with which an operator or an auditor checks, exports and restates records."""
