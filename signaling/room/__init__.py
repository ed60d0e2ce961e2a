"""The live room, pure: a message and the time go in, effects come out."""
