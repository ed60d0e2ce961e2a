"""The rooms of one node: opened, run, closed, and handed over."""
