"""The outbox: what the clinic's mails are, to whom they go and whether they were sent. No secret passes here."""

from domain.mail.mails import SECRET, Mail
from domain.mail.words.catalogue import text_of
from server.http.calls import Call
from server.http.pages import PAGE_SIZE, page
from server.http.payloads import PageQuery
from server.http.routes import Route, Staff
from server.mail.payloads import MailText, Outbox, OutboxMail
from store.mail import outbox
from store.people import persons


async def show_outbox(call: Call[PageQuery]) -> Outbox:
    """The clinic's mails, newest first. Where no mail server is set up, the text of those without a secret, too."""
    clinic, sends = call.staff.clinic, bool(call.settings.smtp_host)
    async with call.database.transaction() as tx:
        mails = await outbox.newest(tx, clinic, call.asked.after, PAGE_SIZE + 1)
        named = await persons.of_ids(tx, clinic, [mail.person for mail in mails if mail.person])
    names = {id: person.display_name for id, person in named.items()}
    shown = page([_view(mail, names, None if sends else call.staff.clinic_name) for mail in mails], lambda one: one.id)
    call.concerns(*(one.person or one.id for one in shown.items))
    return Outbox(sends=sends, items=shown.items, next=shown.next)


def _view(mail: Mail, names: dict[str, str], read_as_of: str | None) -> OutboxMail:
    """A mail, with its text if it is read in the name of a clinic and carries no secret."""
    secret = mail.kind in SECRET
    text = None if secret or read_as_of is None else text_of(mail, read_as_of)
    return OutboxMail(
        id=mail.id,
        kind=mail.kind,
        secret=secret,
        person=mail.person,
        name=names.get(mail.person or ""),
        address=mail.address,
        state=mail.state,
        queued_at=mail.queued_at,
        sent_at=mail.sent_at,
        tries=mail.tries,
        error=mail.error,
        text=MailText(subject=text.subject, body=text.body) if text else None,
    )


ROUTES = (
    Route(
        method="GET",
        path="/api/outbox",
        handler=show_outbox,
        who=Staff("outbox.see"),
        audited=True,
        request=PageQuery,
        response=Outbox,
    ),
)
