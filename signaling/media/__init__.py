"""Media behind one interface: the built-in packet-forwarding engine."""
