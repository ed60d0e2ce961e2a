"""Personal join links as text, for the bots."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from bots.party import Invitation
from runtime.errors import CannotStart


def read_invitations(lines: Iterable[str]) -> list[Invitation]:
    """An invitation for each line that is not empty.

    Raises:
        CannotStart: a line is not a personal join link, or there are no lines.
    """
    invitations = [_invitation(line.strip(), number) for number, line in enumerate(lines, 1) if line.strip()]
    if not invitations:
        raise CannotStart("There is no link on standard input; give one personal join link per line.")
    return invitations


def _invitation(link: str, number: int) -> Invitation:
    parts = urlsplit(link)
    if parts.scheme not in {"http", "https"} or not parts.netloc or not parts.fragment:
        raise CannotStart(f"Line {number} is not a personal join link, which ends in a # and a secret.")
    return Invitation(origin=f"{parts.scheme}://{parts.netloc}", link=parts.fragment)
