"""The secrets of an installation, and the keys that closings are signed with."""
