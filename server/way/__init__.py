"""The way through the program: dated acts of enrolments, and what each changes."""
