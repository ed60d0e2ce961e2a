"""Random secrets, hashes, signatures, and files that only their owner may read."""
