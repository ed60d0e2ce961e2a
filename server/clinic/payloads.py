"""What the routes about the clinic itself take and answer."""

from domain.events.fact import Instant
from domain.mail.mails import Language
from server.http.payloads import Body, Email, Secret, TimeZone, TypedName, View


class OpenFirstRun(Body, frozen=True, kw_only=True):
    """The secret of the link that `vesper create-clinic` prints."""

    link: Secret


class FirstRunView(View, frozen=True, kw_only=True):
    """The clinic that the link begins."""

    clinic_name: str
    expires: Instant


class BeAdministrator(Body, frozen=True, kw_only=True):
    """The first administrator's own name, address and password; whether they lead groups as well."""

    link: Secret
    name: TypedName
    email: Email
    password: Secret
    leads_groups: bool = False


class DescribeClinic(Body, frozen=True, kw_only=True):
    name: TypedName
    timezone: TimeZone
    language: Language


class ClinicView(View, frozen=True, kw_only=True):
    """The clinic itself. `language` is that of invitations to staff."""

    id: str
    name: str
    timezone: str
    language: Language
