"""The sizes of a run."""

import msgspec


class Sizes(msgspec.Struct, frozen=True, kw_only=True):
    """Counts; for the storms also seconds, and people per second."""

    rows: int
    """Rows shipped and copied in each of `rounds`."""
    rounds: int
    clinics: int
    """Clinics whose facts are shipped together; repeated with one clinic."""
    sockets: int
    """Sockets that send `messages`: enough that none reaches the limit of one connection."""
    rooms: int
    """Rooms open at once for `arrivals`; enough that none has many more people than real rooms."""
    messages: int
    arrivals: int
    """Welcomes for each condition of Postgres."""
    leaves: int
    people: int
    storm_seconds: float
    curve: tuple[int, ...]
    """Joins per second to try, one after the other, until one fails."""
    media_curve: tuple[int, ...]
    """The same, with media."""
    flood_people: int
    """People who join quiet rooms, and then rooms of which one has a flooder."""
    flood_seconds: float
    curve_seconds: float
    events: int
    """Facts to rebuild from, and in the long history."""
    requests: int
    """Requests of each kind, with each history."""
    again: int
    """People who join and leave for `minutes` while memory is sampled."""
    minutes: float


FULL = Sizes(
    rows=40_000, rounds=3, clinics=200, sockets=500, rooms=100, messages=40_000, arrivals=1_200, leaves=240,
    people=2_000, storm_seconds=60,
    curve=(50, 100, 150, 200, 250, 300, 400), media_curve=(2, 4, 8, 12, 16, 24), curve_seconds=5,
    flood_people=480, flood_seconds=24, events=1_000_000, requests=500, again=60, minutes=2,
)  # fmt: skip
QUICK = Sizes(
    rows=4_000, rounds=2, clinics=20, sockets=25, rooms=20, messages=2_000, arrivals=60, leaves=24, people=100,
    storm_seconds=4,
    curve=(50,), media_curve=(2,), curve_seconds=2,
    flood_people=60, flood_seconds=4, events=4_000, requests=30, again=12, minutes=0.1,
)  # fmt: skip
