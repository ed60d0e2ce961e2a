"""The live room, pure: messages and the time go in, effects come out."""
