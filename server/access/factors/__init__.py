"""Second factors: one-time codes, passkeys, recovery codes, and the proof that they give."""
