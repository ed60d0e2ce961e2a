"""The caller's clinic: its name, zone and language."""

from zoneinfo import available_timezones

import msgspec

from domain.errors import InvalidInput
from domain.people.names import checked_name
from server.clinic.payloads import ClinicView, DescribeClinic
from server.http.calls import Call
from server.http.routes import Route, Staff
from store.people import clinics
from store.people.clinics import Clinic

_ZONES = frozenset(available_timezones())


async def show_clinic(call: Call[None]) -> ClinicView:
    """The clinic's name, zone and language."""
    async with call.database.transaction() as tx:
        return _view(await clinics.get(tx, call.staff.clinic))


async def describe_clinic(call: Call[DescribeClinic]) -> ClinicView:
    """Change them. Programs keep their own zones, since hours depend on those."""
    asked = call.asked
    if asked.timezone not in _ZONES:
        raise InvalidInput("This is not the IANA name of a time zone, such as America/New_York.", "$.timezone")
    call.concerns(call.staff.clinic)
    async with call.database.transaction() as tx:
        clinic = await clinics.get(tx, call.staff.clinic)
        changed = msgspec.structs.replace(
            clinic, name=checked_name(asked.name, "$.name"), timezone=asked.timezone, language=asked.language
        )
        await clinics.describe(tx, changed)
    return _view(changed)


def _view(clinic: Clinic) -> ClinicView:
    return ClinicView(id=clinic.id, name=clinic.name, timezone=clinic.timezone, language=clinic.language)


ROUTES = (
    Route(
        method="GET",
        path="/api/clinic",
        handler=show_clinic,
        who=Staff("clinic.see"),
        audited=False,
        response=ClinicView,
    ),
    Route(
        method="PUT",
        path="/api/clinic",
        handler=describe_clinic,
        who=Staff("clinic.manage"),
        audited=True,
        request=DescribeClinic,
        response=ClinicView,
    ),
)
