"""How a socket is admitted: its ticket, its pace, its limits."""
