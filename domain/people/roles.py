"""What staff may do outside the rooms. `domain.events.schedule` has the `Role` inside a room."""

from typing import Literal

StaffRole = Literal["facilitator", "supervisor", "administrator"]
"""What a member of staff may do outside the rooms: run sessions, see every session, manage."""
