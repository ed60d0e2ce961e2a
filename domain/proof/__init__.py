"""Proof: case files, exports and sentences with which an outsider can check a minute."""
