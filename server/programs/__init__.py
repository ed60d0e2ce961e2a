"""Programs and enrolments in them."""
