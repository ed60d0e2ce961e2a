"""The built-in engine in processes of its own."""
