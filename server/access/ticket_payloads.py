"""What the route of tickets takes and answers."""

from domain.access.relay_credentials import RelayCredentials
from domain.people.licences import Missing
from server.http.payloads import Body, Secret, View


class RequestTicket(Body, frozen=True, kw_only=True):
    """Staff send nothing (their sign-in says who they are); a client sends the personal link's secret."""

    link: Secret | None = None


class TicketView(View, frozen=True, kw_only=True):
    """Send `ticket` as the first message to the socket at `url`, within a minute."""

    ticket: str
    url: str
    ice_servers: tuple[RelayCredentials, ...]
    warnings: tuple[Missing, ...] = ()
    """For staff who lead the session: licences that it asks for and nobody holds who leads it."""
