"""Hours of a week against what a phase requires."""
