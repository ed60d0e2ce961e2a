"""English."""

from domain.mail.words.text import Text, Words

WORDS: Words = {
    "invitation": Text(
        "Your account at {clinic}",
        """
Hello,

{clinic} has made an account for you. Open this link to set your password. It works once, for 24 hours:

{secret}

If you did not expect this, you can ignore it.
""",
    ),
    "password_reset": Text(
        "A new password for {clinic}",
        """
Hello,

somebody asked for a new password for your account at {clinic}. If it was you, open this link. It works once, for 30
minutes:

{secret}

If it was not you, you can ignore this: your password stays as it is.
""",
    ),
    "email_change": Text(
        "Confirm your new e-mail address for {clinic}",
        """
Hello,

this address was given as the new e-mail address of an account at {clinic}. To confirm it, open this link. It works
once, for 30 minutes:

{secret}

If you did not expect this, you can ignore it: nothing changes.
""",
    ),
    "email_changed": Text(
        "Your e-mail address at {clinic} was changed",
        """
Hello,

messages from {clinic} no longer come to this address, because a new one was set for you.

If you did not want that, call {clinic} now.
""",
    ),
    "invited_elsewhere": Text(
        "Your address was used elsewhere",
        """
Hello,

another organisation has tried to make an account with your e-mail address. You sign in with it at {clinic}, so no
second account was made, and nothing about you was shown to anybody.

If you want to work for both, give the other organisation a different address.
""",
    ),
    "identity_code": Text(
        "Your code for {clinic}",
        """
Hello,

your code is

{secret}

It works once, for 10 minutes, in the browser that asked for it. Nobody from {clinic} will ever ask you for it.

If you did not ask for a code, you can ignore this.
""",
    ),
    "guest_link": Text(
        "Your invitation from {clinic}",
        """
Hello,

{clinic} has invited you to a video call. Open this link when it is time. It is yours alone, so please do not pass it
on:

{secret}

If you did not expect this, you can ignore it.
""",
    ),
    "join_link": Text(
        "Your link to {clinic}",
        """
Hello,

this is your personal link to the video calls of {clinic}. Please do not pass it on:

{secret}

If you did not expect this, you can ignore it.
""",
    ),
}
