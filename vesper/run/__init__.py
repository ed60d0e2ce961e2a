"""`vesper run`: everything on one machine."""
