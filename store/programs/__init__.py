"""Programs, enrolments and who covers them."""
