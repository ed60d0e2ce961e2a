"""Wire formats: RTP, RTCP, the first bytes of codecs, session descriptions. Pure."""
