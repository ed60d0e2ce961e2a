"""The node that holds each room, and the last evidence of each connection."""
