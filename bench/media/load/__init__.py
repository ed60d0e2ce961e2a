"""The load: rooms of members who send and receive, by a generator in C."""
