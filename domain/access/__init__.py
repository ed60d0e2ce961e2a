"""Access: how somebody proves who they are, and which session they may enter."""
