"""The figures of a run: aims met and missed, and no figure without a measurement."""

import msgspec

from bench.media import engines
from bench.media.browsers import Noticed
from bench.media.figures import figures, machine_line
from bench.media.floor import Floor
from bench.media.load.generators import Window
from bench.media.processes import Usage
from bench.media.run import Found
from bench.media.steps import Climb, Step, Storm


def window(*, received: int = 140_000, lost: int = 0, delay: int = 100) -> Window:
    return Window(
        seconds=1.0,
        processor_seconds=0.5,
        sent=received // 6,
        received=received,
        octets=1_100 * received,
        lost=lost,
        refused=0,
        late=0,
        streams=1,
        keyframe_requests=0,
        delays={delay: 100},
    )


def used(seconds: float, memory: int = 0) -> Usage:
    return Usage(seconds, 0.0, seconds / 2, seconds / 2, memory)


def step(rooms: int, seconds: float, seen: Window | None = None) -> Step:
    return Step(rooms, 100_000, seen or window(), used(seconds, 196_000_000), 0.0)


def climb(name: str, *steps: Step) -> Climb:
    return Climb(name, used(0.0, 100_000_000), steps, Storm(48, 0.5, window(), used(0.1)), 12)


def found(*climbs: Climb, noticed: Noticed | None = None) -> Found:
    return Found(Floor(1.5e-6, 0.5), {one.name: one for one in climbs}, noticed, 0.5, ())


def verdicts(run: Found) -> dict[str, str]:
    return {figure.what: figure.verdict for figure in figures(run) if figure.verdict}


OWN = climb(engines.BUILT_IN.name, step(8, 0.7), step(24, 0.9), step(26, 1.0, window(lost=1)))


def test_the_most_rooms_are_those_of_the_last_clean_step() -> None:
    line = machine_line(found(OWN))
    assert (line["rooms_clean"], line["packets_per_second_clean"]) == (24, 140_000)
    assert verdicts(found(OWN))["rooms of 12 on one core, clean"] == "met"


def test_a_late_or_thin_stream_is_as_bad_as_a_lost_packet() -> None:
    assert not step(8, 0.5, window(delay=2_000)).is_clean
    assert not step(8, 0.5, window(received=90_000)).is_clean
    assert not step(8, 0.5, window(lost=1)).is_clean


def test_an_engine_that_is_never_clean_has_no_rooms() -> None:
    never = climb(engines.BUILT_IN.name, step(8, 0.7, window(lost=9)))
    assert machine_line(found(never))["rooms_clean"] == 0
    assert verdicts(found(never))["outgoing packets/s of one core, clean"] == "MISSED"


def test_an_aim_that_was_not_tried_is_not_missed() -> None:
    short = found(climb(engines.BUILT_IN.name, step(8, 0.7)))
    assert "rooms of 12 on one core, clean" not in verdicts(short)


def test_memory_per_participant_is_the_growth_of_the_process() -> None:
    assert OWN.memory_of_a_participant == 1_000_000
    assert verdicts(found(OWN))["memory per participant"] == "met"


def test_engines_are_compared_at_the_first_step() -> None:
    janus = climb(engines.JANUS_ONE_LOOP.name, step(8, 1.0))
    assert machine_line(found(OWN, janus))["against_janus"] == 0.7
    assert "MISSED" in [verdict for what, verdict in verdicts(found(OWN, janus)).items() if "Janus" in what]


def test_figures_that_were_not_measured_are_left_out() -> None:
    line = machine_line(found(OWN))
    assert line["against_janus"] is line["first_frame_seconds"] is None
    assert not any("Janus" in figure.what or "Chromium" in figure.what for figure in figures(found(OWN)))


def test_the_median_of_times_in_browsers_is_judged() -> None:
    run = found(OWN, noticed=Noticed((0.2, 0.3, 0.9), (0.1, 0.2, 0.4)))
    assert verdicts(run)["click to the first remote frame, Chromium"] == "met"
    assert machine_line(run)["switch_seconds"] == 0.2


def test_the_line_for_machines_is_json() -> None:
    assert msgspec.json.decode(msgspec.json.encode(machine_line(found(OWN))))["first_step_rooms"] == 8
