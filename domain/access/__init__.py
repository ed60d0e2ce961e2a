"""Access: how people prove who they are, and which sessions they may enter."""
