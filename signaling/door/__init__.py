"""How a socket comes in: its ticket, its pace, its limits."""
