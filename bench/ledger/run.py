"""One run: every measure in turn, in one installation, and its figures."""

import asyncpg
import msgspec
from rich.progress import Progress

from bench.ledger import clinic as clinics
from bench.ledger import history
from bench.ledger.arriving import flooding, lasting, leaving, storm, welcoming
from bench.ledger.arriving.people import Tickets, staffed
from bench.ledger.arriving.storm import Door, Outcome
from bench.ledger.clinic import Clinic
from bench.ledger.evenings import GROUP
from bench.ledger.facts import closing, committing, rebuilding, shipping
from bench.ledger.installation import Installation, Node
from bench.ledger.proxy import through_proxy
from bench.ledger.sizes import Sizes
from bench.ledger.timing import milliseconds, percentile, summary
from bench.report import Figure, judged
from bots import clip
from store.database import Database
from store.migrate import migrate

COMMITTING_AIM, WELCOMING_AIM, LEAVING_AIM_SECONDS = 0.2, 1.2, 0.25
FLOODED_AIM, LEASE_AIM_SECONDS, MEMORY_AIM_MIB = 1.5, 2.0, 16
BROKEN_P99_SECONDS = 2.0


class Stage(msgspec.Struct, frozen=True):
    """The arguments of every measure."""

    installation: Installation
    sizes: Sizes
    progress: Progress


class House(msgspec.Struct, frozen=True):
    """A stage with a clinic in the installation's own database."""

    stage: Stage
    database: Database
    clinic: Clinic

    def tickets(self, node: Node) -> Tickets:
        """Tickets to a node for the clinic's people."""
        return Tickets(self.stage.installation, node, self.clinic.id)


async def measure(stage: Stage) -> list[Figure]:
    """All figures of one run; each is also printed at once.

    The measures of the worker come first, so that it has no backlog from other measures.
    """
    installation, sizes = stage.installation, stage.sizes
    await migrate(installation.postgres.owner_url())
    copied, figures = await shipping.measure(installation, sizes, stage.progress)
    _show(stage, figures)
    async with Database.open(installation.url) as database:
        house = House(stage, database, await clinics.found(database, max(sizes.people, sizes.leaves)))
        with installation.worker() as worker:
            async with installation.node("node-1") as node:
                figures += _show(stage, await _leaving(house, node))
                figures += _show(stage, await _storms(house, node))
            async with installation.node("node-4") as node:
                figures += _show(stage, await _flooding(house, node))
                figures += _show(stage, await _lasting(house, node, worker))
        figures += _show(stage, await _welcoming(house))
        async with installation.node("node-3") as node:
            figures += _show(stage, await _committing(house, node, copied))
    figures += _show(stage, await history.measure(installation, sizes, stage.progress))
    figures += _show(stage, await closing.measure(installation, sizes, stage.progress))
    return figures + _show(stage, await _rebuilding(stage))


def _show(stage: Stage, figures: list[Figure]) -> list[Figure]:
    for figure in figures:
        stage.progress.console.print(f"{figure.what}: {figure.figure}", highlight=False)
    return figures


async def _committing(house: House, node: Node, copied: float) -> list[Figure]:
    sizes, progress = house.stage.sizes, house.stage.progress
    task = progress.add_task("Socket message to ledger", total=sizes.messages)
    rate = await committing.rate(house.database, house.clinic, house.tickets(node), sizes.sockets, sizes.messages)
    progress.update(task, completed=sizes.messages)
    figure = f"{rate:,.0f} events/s over {sizes.sockets} sockets, {rate / copied:.2f} × COPY"
    aim = f"≥ {COMMITTING_AIM} × COPY"
    return [judged("socket message → committed", figure, aim, rate / copied >= COMMITTING_AIM)]


async def _welcoming(house: House) -> list[Figure]:
    installation, sizes, progress = house.stage.installation, house.stage.sizes, house.stage.progress
    task = progress.add_task("Socket open to welcomed", total=len(welcoming.CONDITIONS) * sizes.arrivals)
    sessions = await clinics.plan(house.database, house.clinic, [[]] * sizes.rooms)
    async with (
        through_proxy(installation.postgres.socket_folder, installation.url) as (proxy, url),
        installation.node("node-2", url) as node,
        staffed(house.tickets(node), sessions, house.clinic.facilitator),
    ):
        arrivals, tickets = sizes.arrivals, house.tickets(node)
        times = await welcoming.times(proxy, tickets, sessions, arrivals, lambda: progress.advance(task))
    return [Figure("socket open → welcomed, Postgres present", summary(times["present"])), *_compared(times)]


def _compared(times: welcoming.Times) -> list[Figure]:
    figures = []
    for condition in ("slow", "away"):
        ratio = percentile(times[condition], 0.99) / percentile(times["present"], 0.99)
        figure = f"{summary(times[condition])}, {ratio:.2f} × present"
        aim = f"p99 ≤ {WELCOMING_AIM} × present"
        figures.append(judged(f"… Postgres {condition}", figure, aim, ratio <= WELCOMING_AIM))
    return figures


async def _leaving(house: House, node: Node) -> list[Figure]:
    sizes, progress = house.stage.sizes, house.stage.progress
    task = progress.add_task("Leave to hour total", total=sizes.leaves)
    tickets = house.tickets(node)
    times = await leaving.times(house.database, house.clinic, tickets, sizes.leaves, lambda: progress.advance(task))
    aim = f"p99 < {milliseconds(LEAVING_AIM_SECONDS)}"
    return [judged("leave → hour total visible", summary(times), aim, percentile(times, 0.99) < LEAVING_AIM_SECONDS)]


async def _storms(house: House, node: Node) -> list[Figure]:
    sizes = house.stage.sizes
    async with house.stage.installation.server() as server:
        door = Door(house.database, house.clinic, server.url, house.tickets(node))
        outcome = await _storm(house.stage, door, sizes.people, sizes.storm_seconds)
        what = f"join storm: {sizes.people:,} people in {sizes.storm_seconds:g} s, knock → admitted"
        figures = [judged(what, _went(outcome), "0 failures", not outcome.failures)]
        figures += await _curve(house.stage, door, sizes.curve, media=False)
        return figures + await _curve(house.stage, door, sizes.media_curve, media=True)


async def _flooding(house: House, node: Node) -> list[Figure]:
    sizes, progress = house.stage.sizes, house.stage.progress
    task = progress.add_task("Knocks beside a flooder", total=2 * sizes.flood_people)
    async with house.stage.installation.server() as server:
        door = Door(house.database, house.clinic, server.url, house.tickets(node))
        found = await flooding.measure(door, sizes.flood_people, sizes.flood_seconds, lambda: progress.advance(task))
    ratio = percentile(found.flooded.times, 0.99) / percentile(found.quiet.times, 0.99)
    before, most, after = found.memory
    kept = f"{before:.0f} MiB before, {most:.0f} at most, {after:.0f} after"
    return [
        Figure("knock → admitted in quiet rooms", _went(found.quiet)),
        judged(
            f"… beside a flooder at {flooding.RATE:,} messages/s on another core",
            f"{_went(found.flooded)}; {ratio:.2f} × quiet",
            f"p99 ≤ {FLOODED_AIM} × quiet",
            ratio <= FLOODED_AIM and not found.flooded.failures,
        ),
        judged(
            "… age of the node's lease meanwhile",
            f"{found.lease_age_s:.2f} s at most",
            f"< {LEASE_AIM_SECONDS:g} s",
            found.lease_age_s < LEASE_AIM_SECONDS,
        ),
        Figure("… processor of the node", "{:.2f} s quiet, {:.2f} s beside the flooder".format(*found.processor)),
        judged("… memory of the node", kept, f"≤ {MEMORY_AIM_MIB} MiB more after", after - before <= MEMORY_AIM_MIB),
    ]


async def _lasting(house: House, node: Node, worker: int) -> list[Figure]:
    sizes, progress = house.stage.sizes, house.stage.progress
    task = progress.add_task("People come and go, over and over", total=None)
    again = lasting.Round(sizes.again, sizes.minutes)
    async with house.stage.installation.server() as server:
        door = Door(house.database, house.clinic, server.url, house.tickets(node))
        processes = {"server": server.process, "node": node.process, "worker": worker}
        return await lasting.measure(door, processes, again, lambda: progress.advance(task))


async def _curve(stage: Stage, door: Door, rates: tuple[int, ...], media: bool) -> list[Figure]:
    """Try each rate in turn, until one breaks."""
    figures, seconds = [], stage.sizes.curve_seconds
    for rate in rates:
        outcome = await _storm(stage, door, round(rate * seconds), seconds, media)
        broken = bool(outcome.failures) or percentile(outcome.times, 0.99) > BROKEN_P99_SECONDS
        what = f"… {rate} joins/s for {seconds:g} s" + ", knock → media connected" * media
        figures.append(Figure(what, _went(outcome) + "; **breaks**" * broken))
        if broken:
            break
    return figures


async def _storm(stage: Stage, door: Door, people: int, seconds: float, media: bool = False) -> Outcome:
    doing = f"{people} people in {seconds:g} s" + " with media" * media
    task = stage.progress.add_task(doing, total=people)
    shown = clip.make(0) if media else None
    return await storm.run(door, people, seconds, lambda: stage.progress.advance(task), shown)


def _went(outcome: Outcome) -> str:
    if not outcome.times:
        return f"nobody came in: {outcome.failures[0]}"
    first = f", the first: {outcome.failures[0]}" if outcome.failures else ""
    return f"{len(outcome.failures)} failures{first}; {summary(outcome.times)}; {outcome.admitted:.0f} admitted/s"


async def _rebuilding(stage: Stage) -> list[Figure]:
    progress = stage.progress
    filling = progress.add_task("Filling a ledger to rebuild from", total=stage.sizes.events)
    application_url, owner_url = await stage.installation.fresh_database("rebuilding")
    owner = await asyncpg.connect(owner_url)
    async with Database.open(application_url) as database:
        clinic = await clinics.found(database, 8 * GROUP)
    events = await rebuilding.fill(owner, clinic, stage.sizes.events, lambda count: progress.advance(filling, count))
    await owner.close()
    task = progress.add_task("Rebuilding from it")
    rate = await rebuilding.rate(
        application_url, events, lambda done, of: progress.update(task, completed=done, total=of)
    )
    figure = f"{events / rate:,.1f} s: {rate:,.0f} events/s"
    return [Figure(f"rebuild of all projections from {events:,} events", figure)]
