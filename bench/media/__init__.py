"""The media that one core forwards: every engine in turn, under the same load, in one run."""
