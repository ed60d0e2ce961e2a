"""Why each second counts or not: spans that partition the window, each with one reason and the facts behind it."""

import itertools
from collections.abc import Iterable
from operator import attrgetter

import msgspec

from domain.attendance.reasons import (
    Reasoned,
    absence_reasons,
    cancellation_reasons,
    client_reasons,
    presence_reasons,
    session_reasons,
)
from domain.attendance.records import CREDITED, DerivedSpan, Edge
from domain.attendance.session import ClientAttendance, SessionAttendance
from domain.spans import Interval, Spans, clip, subtract

_ABSENT_RANK = 100
"""Absence explains a second only when nothing else does; there are fewer other layers than this."""


class _Piece(msgspec.Struct, frozen=True, gc=False):
    """Seconds with one reason; the reason with the lowest `rank` applies first."""

    start: int
    end: int
    rank: int
    reasoned: Reasoned
    unbilled: tuple[str, ...] = ()


_start = attrgetter("start")


class Derivation(msgspec.Struct, frozen=True):
    """One client's spans: those that partition the window, and presence outside it."""

    within: tuple[DerivedSpan, ...]
    outside: tuple[DerivedSpan, ...]


class Deriver:
    """Derives each client of one session; finds the reasons that all clients share only once."""

    def __init__(self, session: SessionAttendance) -> None:
        """Find the breaks and the seconds without a facilitator; in a cancelled session, only the cancellation."""
        self._session = session
        layers = [cancellation_reasons(session)] if session.cancellation else session_reasons(session)
        self._taught = [] if session.cancellation else session.facilitated
        self._shared = [
            _Piece(reasoned.start, reasoned.end, rank, reasoned)
            for rank, found in enumerate(layers, -len(layers))
            for reasoned in found
        ]

    def derive(self, client: ClientAttendance, holds: tuple[str, ...], crowded: Spans) -> Derivation:
        """The client's spans, given their holds and their credited seconds with too many clients in the room."""
        here = presence_reasons(client, self._session)
        pieces, rest = _name(self._taught, client_reasons(client, self._session, here), 0)
        if rest:
            pieces += _name(rest, absence_reasons(client, self._session), _ABSENT_RANK)[0]
        if holds or crowded:
            pieces = [part for piece in pieces for part in _billing_parts(piece, holds, crowded)]
        pieces += self._shared
        pieces.sort(key=_start)
        return Derivation(tuple(_spans(pieces)), tuple(_outside(self._session, here)))


def _name(unnamed: Spans, layers: Iterable[list[Reasoned]], rank: int) -> tuple[list[_Piece], Spans]:
    """Let each layer in turn take its part of the unnamed seconds; returns the pieces, and the seconds that remain."""
    pieces: list[_Piece] = []
    for place, layer in enumerate(layers, rank):
        if layer:
            unnamed = _take(unnamed, layer, place, pieces)
        if not unnamed:
            break
    return pieces, unnamed


def _take(unnamed: Spans, layer: list[Reasoned], rank: int, pieces: list[_Piece]) -> Spans:
    """Add the layer's part of the seconds to `pieces`; returns the rest. The layer is sorted and disjoint."""
    rest: Spans = []
    first = 0
    for start, end in unnamed:
        at = start
        while first < len(layer) and layer[first].end <= start:
            first += 1
        for reasoned in layer[first:] if first else layer:
            begin = reasoned.start
            if begin >= end:
                break
            if begin > at:
                rest.append((at, begin))
                at = begin
            reach = reasoned.end if reasoned.end < end else end
            pieces.append(_Piece(at, reach, rank, reasoned))
            at = reach
        if at < end:
            rest.append((at, end))
    return rest


def _billing_parts(piece: _Piece, holds: tuple[str, ...], crowded: Spans) -> list[_Piece]:
    if piece.reasoned.reason not in CREDITED:
        return [piece]
    if holds:
        return [_part(piece, (piece.start, piece.end), holds)]
    over = clip(crowded, piece.start, piece.end)
    free = subtract([(piece.start, piece.end)], over)
    return [_part(piece, span, ("over_capacity",)) for span in over] + [_part(piece, span, ()) for span in free]


def _part(piece: _Piece, span: Interval, unbilled: tuple[str, ...]) -> _Piece:
    return _Piece(*span, piece.rank, piece.reasoned, unbilled)


def _spans(pieces: list[_Piece]) -> list[DerivedSpan]:
    if not pieces:
        return []
    edges = [_edge_between(left, right) for left, right in itertools.pairwise(pieces)]
    starts, ends = [_start_edge(pieces[0]), *edges], [*edges, _end_edge(pieces[-1])]
    return [
        DerivedSpan(start, end, piece.reasoned.reason, piece.reasoned.facts, piece.unbilled)
        for start, end, piece in zip(starts, ends, pieces, strict=True)
    ]


def _edge_between(left: _Piece, right: _Piece) -> Edge:
    """The edge belongs to the reason that begins or ends there; when both do, to the one that applies first."""
    ending, starting = left.reasoned, right.reasoned
    starts = starting.start == right.start
    if ending.end == left.end and not (starts and right.rank < left.rank):
        return Edge(left.end, ending.end_known, ending.end_error_s)
    return Edge(right.start, starting.start_known, starting.start_error_s) if starts else Edge(left.end, "capacity")


def _start_edge(piece: _Piece) -> Edge:
    reasoned = piece.reasoned
    if reasoned.start == piece.start:
        return Edge(piece.start, reasoned.start_known, reasoned.start_error_s)
    return Edge(piece.start, "window")


def _end_edge(piece: _Piece) -> Edge:
    reasoned = piece.reasoned
    if reasoned.end == piece.end:
        return Edge(piece.end, reasoned.end_known, reasoned.end_error_s)
    return Edge(piece.end, "window")


def _outside(session: SessionAttendance, here: list[Reasoned]) -> list[DerivedSpan]:
    """The presence before and after the window; all presence when the window is empty."""
    start, end = session.window.start, session.window.end
    if start == end:
        return [_outside_span(_Piece(reasoned.start, reasoned.end, 0, reasoned)) for reasoned in here]
    pieces: list[_Piece] = []
    for reasoned in here:
        if reasoned.start < start:
            pieces.append(_Piece(reasoned.start, min(reasoned.end, start), 0, reasoned))
        if reasoned.end > end:
            pieces.append(_Piece(max(reasoned.start, end), reasoned.end, 0, reasoned))
    return [_outside_span(piece) for piece in pieces]


def _outside_span(piece: _Piece) -> DerivedSpan:
    return DerivedSpan(_start_edge(piece), _end_edge(piece), "outside_window", piece.reasoned.facts)
