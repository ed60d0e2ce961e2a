"""Why each second is what it is: spans that partition the window, each with its one reason and the facts behind it."""

import itertools
from collections.abc import Iterable
from operator import attrgetter

import msgspec

from domain.grounds import Ground, absence_grounds, called_off, client_grounds, present_grounds, session_grounds
from domain.records import CREDITED, DerivedSpan, Edge
from domain.sitting import Client, Sitting
from domain.spans import Interval, Spans, clip, subtract

_ABSENT_RANK = 100
"""Absence names a second only when nothing else does; there are fewer other layers than this."""


class _Piece(msgspec.Struct, frozen=True, gc=False):
    """Seconds named by one ground; `rank` is lowest for the ground that applies first."""

    start: int
    end: int
    rank: int
    ground: Ground
    unbilled: tuple[str, ...] = ()


_start = attrgetter("start")


class Derivation(msgspec.Struct, frozen=True):
    """One client's spans: those that partition the window, and presence outside of it."""

    within: tuple[DerivedSpan, ...]
    outside: tuple[DerivedSpan, ...]


class Deriver:
    """Derives each client of one session; what takes seconds from all alike is found once."""

    def __init__(self, sitting: Sitting) -> None:
        """Find the breaks, and the seconds without a facilitator; of a cancelled session, only that."""
        self._sitting = sitting
        layers = [called_off(sitting)] if sitting.cancellation else session_grounds(sitting)
        self._taught = [] if sitting.cancellation else sitting.facilitated
        self._shared = [
            _Piece(ground.start, ground.end, rank, ground)
            for rank, grounds in enumerate(layers, -len(layers))
            for ground in grounds
        ]

    def derive(self, client: Client, holds: tuple[str, ...], crowded: Spans) -> Derivation:
        """The client's spans, given the holds that stand and the credited seconds with too many in the room."""
        here = present_grounds(client, self._sitting)
        pieces, rest = _name(self._taught, client_grounds(client, self._sitting, here), 0)
        if rest:
            pieces += _name(rest, absence_grounds(client, self._sitting), _ABSENT_RANK)[0]
        if holds or crowded:
            pieces = [part for piece in pieces for part in _billing_parts(piece, holds, crowded)]
        pieces += self._shared
        pieces.sort(key=_start)
        return Derivation(tuple(_spans(pieces)), tuple(_outside(self._sitting, here)))


def _name(unnamed: Spans, layers: Iterable[list[Ground]], rank: int) -> tuple[list[_Piece], Spans]:
    """Let each layer in turn take what it holds of the seconds still unnamed; the pieces, and what nobody took."""
    pieces: list[_Piece] = []
    for place, layer in enumerate(layers, rank):
        if layer:
            unnamed = _take(unnamed, layer, place, pieces)
        if not unnamed:
            break
    return pieces, unnamed


def _take(unnamed: Spans, layer: list[Ground], rank: int, pieces: list[_Piece]) -> Spans:
    """Put the seconds that the layer holds (its grounds in order, none overlapping) to `pieces`; the rest remains."""
    rest: Spans = []
    first = 0
    for start, end in unnamed:
        at = start
        while first < len(layer) and layer[first].end <= start:
            first += 1
        for ground in layer[first:] if first else layer:
            begin = ground.start
            if begin >= end:
                break
            if begin > at:
                rest.append((at, begin))
                at = begin
            reach = ground.end if ground.end < end else end
            pieces.append(_Piece(at, reach, rank, ground))
            at = reach
        if at < end:
            rest.append((at, end))
    return rest


def _billing_parts(piece: _Piece, holds: tuple[str, ...], crowded: Spans) -> list[_Piece]:
    if piece.ground.reason not in CREDITED:
        return [piece]
    if holds:
        return [_part(piece, (piece.start, piece.end), holds)]
    over = clip(crowded, piece.start, piece.end)
    free = subtract([(piece.start, piece.end)], over)
    return [_part(piece, span, ("over_capacity",)) for span in over] + [_part(piece, span, ()) for span in free]


def _part(piece: _Piece, span: Interval, unbilled: tuple[str, ...]) -> _Piece:
    return _Piece(*span, piece.rank, piece.ground, unbilled)


def _spans(pieces: list[_Piece]) -> list[DerivedSpan]:
    if not pieces:
        return []
    edges = [_edge_between(left, right) for left, right in itertools.pairwise(pieces)]
    starts, ends = [_start_edge(pieces[0]), *edges], [*edges, _end_edge(pieces[-1])]
    return [
        DerivedSpan(start, end, piece.ground.reason, piece.ground.facts, piece.unbilled)
        for start, end, piece in zip(starts, ends, pieces, strict=True)
    ]


def _edge_between(left: _Piece, right: _Piece) -> Edge:
    """The edge belongs to the ground that begins or ends there; to the one that applies first when both do."""
    ending, starting = left.ground, right.ground
    starts = starting.start == right.start
    if ending.end == left.end and not (starts and right.rank < left.rank):
        return Edge(left.end, ending.end_known, ending.end_error_s)
    return Edge(right.start, starting.start_known, starting.start_error_s) if starts else Edge(left.end, "capacity")


def _start_edge(piece: _Piece) -> Edge:
    ground = piece.ground
    if ground.start == piece.start:
        return Edge(piece.start, ground.start_known, ground.start_error_s)
    return Edge(piece.start, "window")


def _end_edge(piece: _Piece) -> Edge:
    ground = piece.ground
    if ground.end == piece.end:
        return Edge(piece.end, ground.end_known, ground.end_error_s)
    return Edge(piece.end, "window")


def _outside(sitting: Sitting, here: list[Ground]) -> list[DerivedSpan]:
    """What of the presence lies before and after the window; all of it when the window is empty."""
    start, end = sitting.window.start, sitting.window.end
    if start == end:
        return [_outside_span(_Piece(ground.start, ground.end, 0, ground)) for ground in here]
    pieces: list[_Piece] = []
    for ground in here:
        if ground.start < start:
            pieces.append(_Piece(ground.start, min(ground.end, start), 0, ground))
        if ground.end > end:
            pieces.append(_Piece(max(ground.start, end), ground.end, 0, ground))
    return [_outside_span(piece) for piece in pieces]


def _outside_span(piece: _Piece) -> DerivedSpan:
    return DerivedSpan(_start_edge(piece), _end_edge(piece), "outside_window", piece.ground.facts)
