"""Why a span of time counts or not, as a sentence for people: `18:42:10–18:44:05: lost connection, bridged`."""

from zoneinfo import ZoneInfo

from domain.attendance.records import DerivedSpan
from domain.instants import instant

_REASONS = {
    "outside_window": "outside the session's hours",
    "cancelled": "the session was cancelled",
    "break": "break",
    "no_facilitator": "no facilitator in the room",
    "in_another_session": "counted in another session",
    "denied": "not credited: too late, or so decided at the door",
    "removed_by_correction": "removed by a correction",
    "present": "present",
    "bridged": "bridged",
    "added_by_correction": "added by a correction",
    "never_came": "did not come",
    "not_yet_here": "not here yet",
    "in_lobby": "waiting in the lobby",
    "left": "not here",
    "lost": "connection lost",
}
_ENDINGS = {
    "left": "left",
    "lost": "lost connection",
    "node_lost": "lost with its server",
    "moved": "moved to another server",
    "removed": "removed by staff",
    "returned": "sent back to the lobby",
    "ended": "session ended",
}
_HOLDS = {"late_cutoff": "came too late", "over_capacity": "too many in the group"}


def sentence(span: DerivedSpan, timezone: str, bridge_max_s: int) -> str:
    """The span in words, in local time; `bridge_max_s` is the longest gap that the policy bridges."""
    return f"{_clock(span.start.at, timezone)}–{_clock(span.end.at, timezone)}: {reason(span, bridge_max_s)}"


def length(seconds: int) -> str:
    """A length of time as `m:ss`, or `h:mm:ss` from an hour on."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def reason(span: DerivedSpan, bridge_max_s: int) -> str:
    """The span's reason in words, with its numbers."""
    words = _words(span, bridge_max_s)
    if span.unbilled:
        words += f"; credited, not billed: {', '.join(_HOLDS.get(hold, hold) for hold in span.unbilled)}"
    if span.end.error_s:
        words += f"; its end is known to within {length(span.end.error_s)}"
    return words


def _words(span: DerivedSpan, bridge_max_s: int) -> str:
    how = _ENDINGS.get(span.start.known)
    if span.reason == "bridged":
        bridge = f"bridged ({length(span.seconds)} ≤ {length(bridge_max_s)})"
        return f"{how}, {bridge}" if how else bridge
    if span.reason == "left" and how:
        return how
    return _REASONS[span.reason]


def _clock(at: int, timezone: str) -> str:
    return instant(at).astimezone(ZoneInfo(timezone)).strftime("%H:%M:%S")
