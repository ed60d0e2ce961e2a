"""Who looked at whose record."""
