"""From events to minutes: the nine steps, and what came of a session."""
