"""What billing receives: codes, units and statements."""
