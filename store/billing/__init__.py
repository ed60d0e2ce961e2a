"""What billing receives, and which statements are due."""
