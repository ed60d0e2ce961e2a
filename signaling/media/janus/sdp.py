"""Corrections to the text of session descriptions, where Janus does not do what the engine promises. Pure."""

from signaling.media.engine import RIDS
from signaling.media.formats.sdp import Description, Secrets

_TRANSPORT = ("ice-ufrag:", "ice-pwd:", "fingerprint:", "setup:")
_NOT_OURS = (
    *_TRANSPORT,
    "candidate:",
    "end-of-candidates",
    "ice-lite",
    "ssrc:",
    "ssrc-group:",
    "msid:",
    "msid-semantic:",
)


def as_active(offer: str) -> str:
    """A browser's offer that makes Janus the DTLS server, as the engine's answers promise.

    The server picks the cipher: if Janus were the client, the browser would pick the more expensive one.
    """
    return offer.replace("a=setup:actpass", "a=setup:active")


def rid_order(offer: Description) -> str:
    """The order in which a browser names the qualities of its picture, as Janus writes it."""
    largest_first = any(section.rids[:1] == RIDS[-1:] for section in offer.sections)
    return "hml" if largest_first else "lmh"


def acceptance(offer: str, browser: Secrets) -> str:
    """This browser's answer to an offer from Janus: it accepts everything."""
    transport = [
        f"a=ice-ufrag:{browser.ufrag}",
        f"a=ice-pwd:{browser.password}",
        *(f"a=fingerprint:{print_of.algorithm} {print_of.value}" for print_of in browser.fingerprints),
        "a=setup:active",
    ]
    lines: list[str] = []
    for line in offer.replace("\r\n", "\n").splitlines():
        if line.removeprefix("a=").startswith(_NOT_OURS):
            continue
        lines.append("a=recvonly" if line == "a=sendonly" else line)
        if line.startswith("a=mid:"):
            lines += transport
    return "\r\n".join(lines) + "\r\n"
