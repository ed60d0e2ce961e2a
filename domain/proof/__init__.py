"""What lets an outsider check a minute: case files, exports, sentences."""
