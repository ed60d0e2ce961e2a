"""From events to minutes: the nine steps, and the outcome of a session."""
