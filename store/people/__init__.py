"""Clinics and the people in them."""
