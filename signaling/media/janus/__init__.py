"""A Janus server as the media engine."""
