"""Programs: enrolments in them, their phases, and who pays."""
