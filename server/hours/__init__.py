"""Hours, as clients see their own."""
