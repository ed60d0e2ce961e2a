"""The figures of a run: the lines of its table, and the one line for machines. Pure."""

from collections.abc import Iterator
from typing import Any

from bench.media import engines
from bench.media.run import Found
from bench.media.steps import DISTURBED, Climb, Step, Storm
from bench.report import Figure, judged

RATE_AIM, ROOMS_AIM, JANUS_AIM = 120_000, 20, 0.5
MEMORY_AIM = 1_000_000
FIRST_FRAME_AIM, SWITCH_AIM = 0.5, 0.3
MICRO, MILLI, MEGA = 1e6, 1e3, 1e6


def figures(found: Found) -> list[Figure]:
    """The lines of the table, from top to bottom."""
    own = found.own
    return [
        *_reached(own),
        *(figure for climb in found.climbs.values() for figure in _costs(climb)),
        *_compared(found),
        *_people(found),
    ]


def _reached(own: Climb) -> Iterator[Figure]:
    best = own.best
    rate, rooms = (best.rate, best.rooms) if best else (0.0, 0)
    yield _highest(own, "outgoing packets/s of one core, clean", rate, RATE_AIM)
    yield _highest(own, f"rooms of {own.members} on one core, clean", rooms, ROOMS_AIM)
    memory = own.memory_of_a_participant
    yield judged("memory per participant", f"{memory / MEGA:.2f} MB", "≤ 1 MB", memory <= MEMORY_AIM)


def _highest(own: Climb, what: str, reached: float, aim: float) -> Figure:
    """A judged figure; an aim counts as missed only when more was tried and was not clean."""
    if reached < aim and own.steps[-1].is_clean:
        return Figure(what, f"{reached:,.0f}, and no more was tried", f"≥ {aim:,}")
    return judged(what, f"{reached:,.0f}", f"≥ {aim:,}", reached >= aim)


def _costs(climb: Climb) -> Iterator[Figure]:
    yield Figure(f"{climb.name}: {climb.first.rooms} rooms", _summary(climb.first))
    best = climb.best
    if best is not None and best is not climb.first:
        yield Figure(f"{climb.name}: {best.rooms} rooms, the most that are clean", _summary(best))
    if climb.steps[-1] is not climb.first and not climb.steps[-1].is_clean:
        yield Figure(f"{climb.name}: {climb.steps[-1].rooms} rooms, no longer clean", _summary(climb.steps[-1]))
    yield Figure(f"{climb.name}: {climb.storm.handshakes} handshakes at once, with these rooms", _stormed(climb.storm))


def _summary(step: Step) -> str:
    window = step.window
    disturbed = f"; other work held a core for up to {step.disturbance:.0%}" * (step.disturbance >= DISTURBED)
    missing = f" of {step.due:,.0f} due" * (not step.is_complete)
    late = "; the load generator fell behind" * step.generator_was_late
    delays = f"delay p50 {window.delay(0.5) * MILLI:.1f} ms, p99 {window.delay(0.99) * MILLI:.1f} ms"
    return (
        f"{step.packet_seconds * MICRO:.2f} µs per packet ({step.used.kernel_share:.0%} kernel), "
        f"{step.rate:,.0f} packets/s{missing}, {step.load:.0%} of the core, "
        f"{delays}, lost {window.lost:,}{disturbed}{late}"
    )


def _stormed(storm: Storm) -> str:
    return (
        f"{storm.seconds:.2f} s, {storm.used.seconds:.2f} s of processor with the other media; "
        f"delay p99 {storm.window.delay(0.99) * MILLI:.1f} ms, lost {storm.window.lost:,}"
    )


def _compared(found: Found) -> Iterator[Figure]:
    own = found.own.first
    for contender in (engines.JANUS_ONE_LOOP, engines.JANUS_THREADS):
        peer = found.climbs.get(contender.name)
        if peer is not None:
            ratio = own.packet_seconds / peer.first.packet_seconds
            what = f"processor time per packet at {own.rooms} rooms, against {contender.name}"
            yield judged(what, f"{ratio:.2f} ×", f"≤ {JANUS_AIM} ×", ratio <= JANUS_AIM)
            yield Figure(f"memory per participant, {contender.name}", f"{peer.memory_of_a_participant / MEGA:.2f} MB")
    lowest = found.floor
    yield Figure("sealing and sending alone, in C", f"{lowest.seconds * MICRO:.2f} µs per packet")
    nearest = found.own.best or own
    against = nearest.packet_seconds / lowest.seconds
    yield Figure(f"processor time per packet at {nearest.rooms} rooms, against that", f"{against:.1f} ×")
    yield Figure(f"its parts at {nearest.rooms} rooms", _split(nearest, found))


def _split(step: Step, found: Found) -> str:
    kernel = step.packet_seconds * step.used.kernel_share
    rest = step.packet_seconds - kernel - found.floor.sealing
    return (
        f"kernel {kernel * MICRO:.2f} µs (of which sending alone {found.floor.sending * MICRO:.2f}), "
        f"sealing {found.floor.sealing * MICRO:.2f}, opening and the interpreter {rest * MICRO:.2f}"
    )


def _people(found: Found) -> Iterator[Figure]:
    if found.noticed is None:
        return
    for what, seconds, aim in (
        ("click to the first remote frame, Chromium", found.noticed.first_frames, FIRST_FRAME_AIM),
        ("change of a picture's quality, Chromium", found.noticed.switches, SWITCH_AIM),
    ):
        figure = f"median {median(seconds) * MILLI:.0f} ms, worst {max(seconds) * MILLI:.0f} ms, of {len(seconds)}"
        yield judged(what, figure, f"median ≤ {aim * MILLI:.0f} ms", median(seconds) <= aim)


def median(seconds: tuple[float, ...]) -> float:
    """The middle value, the upper one of two."""
    return sorted(seconds)[len(seconds) // 2]


def machine_line(found: Found) -> dict[str, Any]:
    """The figures for machines: seconds, bytes, packets per second; null when not measured."""
    own, best = found.own, found.own.best
    janus = found.climbs.get(engines.JANUS_ONE_LOOP.name)
    noticed = found.noticed
    return {
        "packets_per_second_clean": round(best.rate) if best else 0,
        "rooms_clean": best.rooms if best else 0,
        "first_step_rooms": own.first.rooms,
        "packet_seconds_first_step": own.first.packet_seconds,
        "packet_seconds_near_saturation": best.packet_seconds if best else None,
        "packet_seconds_bare": found.floor.seconds,
        "against_bare": (best or own.first).packet_seconds / found.floor.seconds,
        "janus_packet_seconds_first_step": janus.first.packet_seconds if janus else None,
        "janus_rooms_clean": janus.best.rooms if janus and janus.best else None,
        "against_janus": own.first.packet_seconds / janus.first.packet_seconds if janus else None,
        "participant_bytes": round(own.memory_of_a_participant),
        "storm_seconds": own.storm.seconds,
        "storm_delay_p99": own.storm.window.delay(0.99),
        "storm_lost": own.storm.window.lost,
        "lost_at_first_step": own.first.window.lost,
        "delay_p99_at_best": best.window.delay(0.99) if best else None,
        "first_frame_seconds": median(noticed.first_frames) if noticed else None,
        "switch_seconds": median(noticed.switches) if noticed else None,
        "load_average": found.load_average,
        "missing": list(found.missing),
    }
