"""The outbox page: administrators see what waits and what was sent, and no link or code."""

from collections.abc import Callable

import msgspec
import pytest

from domain.mail.mails import Mail, MailKind
from runtime.clock import new_id
from runtime.settings import ServerSettings
from store.database import Database
from store.mail import outbox
from tests.server.conftest import Browser, Clock, House, SignedIn


@pytest.fixture
async def mails(database: Database, house: House, elsewhere: House, clock: Clock) -> dict[MailKind, str]:
    """Riverbend's two mails to its facilitator, by kind; the other clinic has one, too."""
    made: dict[MailKind, str] = {}
    async with database.transaction() as tx:
        for kind in ("email_changed", "password_reset"):
            mail = Mail(
                id=new_id(), clinic=house.clinic, kind=kind, person=house.facilitator, reference=new_id(),
                queued_at=clock.now,
            )  # fmt: skip
            await outbox.queue(tx, mail)
            made[kind] = mail.id
        theirs = Mail(id=new_id(), clinic=elsewhere.clinic, kind="email_changed", address="a@x.y", queued_at=clock.now)
        await outbox.queue(tx, theirs)
    return made


async def test_without_a_mail_server_texts_are_shown_except_those_with_a_secret(
    administrator: Browser, house: House, mails: dict[MailKind, str]
) -> None:
    shown = (await administrator.get("/api/outbox")).body
    assert shown["sends"] is False
    assert [mail["id"] for mail in shown["items"]] == [mails["password_reset"], mails["email_changed"]]
    reset, notice = shown["items"]
    assert (reset["secret"], reset["text"]) == (True, None)
    assert (notice["name"], notice["address"]) == ("facilitator", house.email("facilitator"))
    assert notice["text"]["subject"] == "Your e-mail address at riverbend was changed"
    assert {mail["state"] for mail in shown["items"]} == {"waiting"}
    older = (await administrator.get(f"/api/outbox?after={mails['password_reset']}")).body
    assert [mail["id"] for mail in older["items"]] == [mails["email_changed"]]


@pytest.mark.usefixtures("mails")
@pytest.mark.parametrize("role", ["facilitator", "supervisor"])
async def test_nobody_but_an_administrator_sees_it(signed_in: SignedIn, role: str) -> None:
    assert (await (await signed_in(role)).get("/api/outbox")).code == "forbidden"  # type: ignore[arg-type]


class TestWithAMailServer:
    @pytest.fixture
    def settings(self, settings: ServerSettings) -> ServerSettings:
        return msgspec.structs.replace(settings, smtp_host="smtp.example.org")

    @pytest.mark.usefixtures("mails")
    async def test_only_states_are_shown(self, administrator: Browser, browse: Callable[[], Browser]) -> None:
        shown = (await administrator.get("/api/outbox")).body
        assert shown["sends"] is True
        assert [mail["text"] for mail in shown["items"]] == [None, None]
