"""The two places where Janus's session descriptions are not what the engine promises, mended in the text. Pure."""

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
    """A browser's offer that leaves Janus no choice but to be the DTLS server, as the engine's answers promise.

    The server picks the cipher: as the client, Janus would let the browser pick the dearer one.
    """
    return offer.replace("a=setup:actpass", "a=setup:active")


def rid_order(offer: Description) -> str:
    """In which order a browser names the qualities of its picture, in Janus's word for it."""
    largest_first = any(section.rids[:1] == RIDS[-1:] for section in offer.sections)
    return "hml" if largest_first else "lmh"


def acceptance(offer: str, browser: Secrets) -> str:
    """The answer that this browser gives to an offer of Janus's: it takes everything."""
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
