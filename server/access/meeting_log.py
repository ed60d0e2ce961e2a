"""A client's own log of mutual-help meetings, behind their link and an identity code. Staff read it while it is shared.

The client's own calls write no row of the access audit: that somebody keeps such a log is theirs to tell.
"""

from domain.access.links import LinkHolder
from domain.errors import NotFound
from domain.instants import local_date, second
from domain.programs.meeting_logs import LoggedMeeting, check_new
from runtime.clock import new_id
from server.access import identified
from server.access.join_links import link_holder
from server.http.calls import Call
from server.http.routes import ANYONE, Route, Staff
from server.programs.payloads import LogMeeting, MeetingLog, OpenMeetingLog, RemoveMeeting, ShareMeetingLog
from store.database import Transaction
from store.people import persons
from store.programs import meeting_logs


async def open_log(call: Call[OpenMeetingLog]) -> MeetingLog:
    """The link holder's own log."""
    holder = await link_holder(call, call.asked.link)
    async with call.database.transaction() as tx:
        await identified.check(call, tx, holder)
        return await _log(tx, holder)


async def log_meeting(call: Call[LogMeeting]) -> MeetingLog:
    """Add a meeting to one's own log."""
    holder, asked = await link_holder(call, call.asked.link), call.asked
    meeting = LoggedMeeting(
        id=new_id(), met_on=asked.met_on, kind=asked.kind, home_group=asked.home_group, sponsor=asked.sponsor
    )
    async with call.database.transaction() as tx:
        await identified.check(call, tx, holder)
        log = await meeting_logs.of_client(tx, holder.clinic, holder.person)
        check_new(meeting, log, local_date(second(call.now), FURTHEST_EAST))
        await meeting_logs.add(tx, holder.clinic, holder.person, meeting)
        return await _log(tx, holder)


async def remove_meeting(call: Call[RemoveMeeting]) -> MeetingLog:
    """Remove a meeting from one's own log; nothing is kept of it."""
    holder = await link_holder(call, call.asked.link)
    async with call.database.transaction() as tx:
        await identified.check(call, tx, holder)
        await meeting_logs.remove(tx, holder.clinic, holder.person, call.asked.meeting)
        return await _log(tx, holder)


async def share_log(call: Call[ShareMeetingLog]) -> MeetingLog:
    """Share one's log with the care team, or share it no longer."""
    holder = await link_holder(call, call.asked.link)
    async with call.database.transaction() as tx:
        await identified.check(call, tx, holder)
        if call.asked.shared:
            await meeting_logs.share(tx, holder.clinic, holder.person, call.now)
        else:
            await meeting_logs.unshare(tx, holder.clinic, holder.person)
        return await _log(tx, holder)


async def show_shared_log(call: Call[None]) -> MeetingLog:
    """A client's log, for their care team. Without the client's sharing it is empty, as if there were none."""
    clinic, person = call.staff.clinic, call.ids["person"]
    async with call.database.transaction() as tx:
        if await persons.find(tx, clinic, person) is None:
            raise NotFound
        shared = await meeting_logs.is_shared(tx, clinic, person)
        log = await meeting_logs.of_client(tx, clinic, person) if shared else []
    return MeetingLog(shared=shared, meetings=tuple(log))


FURTHEST_EAST = "Pacific/Kiritimati"
"""A client may be anywhere: a day is ahead only if it is so everywhere."""


async def _log(tx: Transaction, holder: LinkHolder) -> MeetingLog:
    shared = await meeting_logs.is_shared(tx, holder.clinic, holder.person)
    log = await meeting_logs.of_client(tx, holder.clinic, holder.person)
    return MeetingLog(shared=shared, meetings=tuple(log))


ROUTES = (
    Route(
        method="POST",
        path="/api/my-meetings/open",
        handler=open_log,
        who=ANYONE,
        audited=False,
        request=OpenMeetingLog,
        response=MeetingLog,
    ),
    Route(
        method="POST",
        path="/api/my-meetings",
        handler=log_meeting,
        who=ANYONE,
        audited=False,
        request=LogMeeting,
        response=MeetingLog,
        status=201,
    ),
    Route(
        method="POST",
        path="/api/my-meetings/removal",
        handler=remove_meeting,
        who=ANYONE,
        audited=False,
        request=RemoveMeeting,
        response=MeetingLog,
    ),
    Route(
        method="POST",
        path="/api/my-meetings/sharing",
        handler=share_log,
        who=ANYONE,
        audited=False,
        request=ShareMeetingLog,
        response=MeetingLog,
    ),
    Route(
        method="GET",
        path="/api/persons/{person}/meetings",
        handler=show_shared_log,
        who=Staff("intake.see"),
        audited=True,
        response=MeetingLog,
    ),
)
