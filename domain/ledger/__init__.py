"""Streams of facts, their hash chains and closings."""
