"""Process 2: live rooms over websockets, the journal, and media."""
