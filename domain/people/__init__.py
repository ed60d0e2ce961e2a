"""People: who belongs to a clinic, and what staff may do."""
