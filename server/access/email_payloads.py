"""What the routes of a change of address take."""

from server.http.payloads import Body, Email, Secret


class AskForEmailChange(Body, frozen=True, kw_only=True):
    password: Secret
    email: Email


class ConfirmEmail(Body, frozen=True, kw_only=True):
    link: Secret
