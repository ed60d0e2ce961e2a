"""The secrets of an installation, and the keys that sign closings."""
