"""What is on the wire: RTP, RTCP, the codecs' first bytes, session descriptions. Pure."""
