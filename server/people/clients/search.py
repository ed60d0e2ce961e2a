"""The list of clients: filtered, and searched as one types. What is typed travels in the body, and into no log."""

from domain.people.roles import may
from server.http.calls import Call
from server.http.pages import PAGE_SIZE, page
from server.http.payloads import Page
from server.http.routes import Route, Staff
from server.people.clients import views
from server.people.clients.payloads import ClientRow, FindAlike, SearchClients
from store.people import clients, finding
from store.people.finding import Wanted


async def search_clients(call: Call[SearchClients]) -> Page[ClientRow]:
    """Clients, and guests, who fit the typed text best; without a text, the list in its order, page by page."""
    asked = call.asked
    wanted = Wanted(
        today=call.today,
        text=asked.text,
        program=asked.program,
        phase=asked.phase,
        facilitator=asked.facilitator,
        state=asked.state,
        sort=asked.sort,
        guests=may(call.staff.roles, "guests.see") and may(call.staff.roles, "sessions.see_all"),
    )
    clinic = call.staff.clinic
    async with call.database.transaction() as tx:
        if asked.text.strip():
            return Page(items=await views.rows(tx, call, await finding.found(tx, clinic, wanted)), next=None)
        listed = page(await finding.listed(tx, clinic, wanted, asked.after, PAGE_SIZE + 1), str)
        return Page(items=await views.rows(tx, call, listed.items), next=listed.next)


async def find_alike(call: Call[FindAlike]) -> Page[ClientRow]:
    """Clients whose name reads like this one and who may be born on that day: perhaps the same person."""
    asked = call.asked
    async with call.database.transaction() as tx:
        people = await clients.alike(tx, call.staff.clinic, asked.name, asked.date_of_birth)
        return Page(items=await views.rows(tx, call, people), next=None)


ROUTES = (
    Route(
        method="POST",
        path="/api/clients/search",
        handler=search_clients,
        who=Staff("clients.see"),
        audited=True,
        reads=True,
        request=SearchClients,
        response=Page[ClientRow],
    ),
    Route(
        method="POST",
        path="/api/clients/alike",
        handler=find_alike,
        who=Staff("clients.edit"),
        audited=True,
        reads=True,
        request=FindAlike,
        response=Page[ClientRow],
    ),
)
