"""Programs, enrolments and coverages."""
