"""Peer connections: one UDP port, addresses by ICE-lite, keys by DTLS, packets by SRTP."""
