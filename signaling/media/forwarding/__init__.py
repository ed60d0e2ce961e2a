"""From a publisher's packet to its subscribers' copies."""
