"""What every room of a node shares: journal, engine, and what only a shell may provide: time, ids, seals."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from domain.access.tickets import Resume
from domain.chart.notes import SealedDraft
from domain.policy import Policy
from signaling.hosting.locks import Locks
from signaling.hosting.withdrawals import Withdrawals
from signaling.journal.journal import Journal
from signaling.media.engine import MediaEngine
from signaling.room.effects import KeepDraft


class NodeServices(msgspec.Struct, frozen=True):
    """Built once, at the node's start."""

    journal: Journal
    engine: MediaEngine
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    seal: Callable[[KeepDraft, str, str], SealedDraft]
    """(draft, clinic, session) to the draft, sealed with the notes' public key."""
    policy_of: Callable[[str], Policy]
    """The policy whose file has this digest."""
    sign_resume: Callable[[Resume], str]
    """The text of a resume, signed with the ticket key."""
    withdrawals: Withdrawals
    """The access that this node no longer honours."""
    locks: Locks = msgspec.field(default_factory=Locks)
    """The sign-ins that may do no more than be there."""
