"""Licences of staff, and what the clinic asks for."""
