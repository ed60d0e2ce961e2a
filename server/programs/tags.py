"""A client's audience tags: what they said of themselves so that a group fits them. Peers never see them."""

from domain.errors import InvalidInput, NotFound
from domain.programs.programs import Decision
from server.http.calls import Call
from server.http.routes import Route, Staff
from server.programs.payloads import ClientTags, SetClientTags
from store.people import persons
from store.programs import client_tags


async def show_tags(call: Call[None]) -> ClientTags:
    """The client's tags."""
    async with call.database.transaction() as tx:
        if await persons.find(tx, call.staff.clinic, call.ids["person"]) is None:
            raise NotFound
        tags = await client_tags.of_client(tx, call.staff.clinic, call.ids["person"])
    return ClientTags(tags=tuple(tags))


async def set_tags(call: Call[SetClientTags]) -> ClientTags:
    """Store the client's tags, with their consent; without it nothing is stored. An empty list withdraws it."""
    tags = sorted({tag.strip() for tag in call.asked.tags})
    async with call.database.transaction() as tx:
        if await persons.find(tx, call.staff.clinic, call.ids["person"]) is None:
            raise NotFound
        if tags and not call.asked.consented:
            raise InvalidInput(
                "Tags are stored only if the client has agreed. Ask them, then tick the box.", "$.consented"
            )
        agreed = Decision(by=call.staff.person, at=call.now)
        await client_tags.replace(tx, call.staff.clinic, call.ids["person"], tags, agreed)
    return ClientTags(tags=tuple(tags))


ROUTES = (
    Route(
        method="GET",
        path="/api/persons/{person}/tags",
        handler=show_tags,
        who=Staff("intake.see"),
        audited=True,
        response=ClientTags,
    ),
    Route(
        method="PUT",
        path="/api/persons/{person}/tags",
        handler=set_tags,
        who=Staff("intake.work"),
        audited=True,
        request=SetClientTags,
        response=ClientTags,
    ),
)
