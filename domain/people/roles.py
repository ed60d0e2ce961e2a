"""What staff may do outside the rooms. A `Role` inside a room stands with the facts."""

from typing import Literal

StaffRole = Literal["facilitator", "supervisor", "administrator"]
"""What a member of staff may do outside the rooms: run sessions, see every session, manage."""
