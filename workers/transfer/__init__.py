"""Files are checked and applied, and exports are made."""
