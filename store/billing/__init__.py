"""What billing is told, and what of that is due."""
