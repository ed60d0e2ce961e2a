"""Weekly hours, compared with what a phase requires."""
