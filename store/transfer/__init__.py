"""Files and exports that wait for a worker, for a person, or for their end."""
