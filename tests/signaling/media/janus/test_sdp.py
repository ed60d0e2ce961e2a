"""Janus becomes the DTLS server, and gets the answer that a browser would have given."""

from signaling.media.formats import sdp
from signaling.media.formats.sdp import Fingerprint, Secrets
from signaling.media.janus import sdp as janus_sdp

DIGEST = ":".join(["AB"] * 32)
BROWSER = Secrets("browser", "password-of-the-browser", (Fingerprint("sha-256", DIGEST),), "active")
OFFER = "\r\n".join(
    [
        "v=0",
        "o=- 1 1 IN IP4 10.0.0.2",
        "s=VideoRoom 1",
        "t=0 0",
        "a=group:BUNDLE 0 1",
        f"a=fingerprint:sha-256 {':'.join(['00'] * 32)}",
        "a=ice-lite",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111",
        "c=IN IP4 10.0.0.2",
        "a=sendonly",
        "a=mid:0",
        "a=ice-ufrag:janus",
        "a=ice-pwd:password-of-janus-itself",
        "a=setup:actpass",
        "a=rtpmap:111 opus/48000/2",
        "a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid",
        "a=ssrc:1 cname:janus",
        "a=candidate:1 1 udp 2015363327 10.0.0.2 20000 typ host",
        "m=video 9 UDP/TLS/RTP/SAVPF 96",
        "c=IN IP4 10.0.0.2",
        "a=inactive",
        "a=mid:1",
        "a=ice-ufrag:janus",
        "a=ice-pwd:password-of-janus-itself",
        "a=setup:actpass",
        "a=rtpmap:96 VP8/90000",
        "",
    ]
)


def test_an_offer_makes_janus_the_dtls_server() -> None:
    assert sdp.read(janus_sdp.as_active(OFFER)).secrets.setup == "active"


def test_an_acceptance_is_the_browsers_and_accepts_the_whole_offer() -> None:
    accepted = sdp.read(janus_sdp.acceptance(OFFER, BROWSER))
    assert accepted.secrets == BROWSER
    sound, picture = accepted.sections
    assert (sound.receives, sound.sends) == (True, False)
    assert (picture.receives, picture.sends) == (False, False)
    assert sound.codecs == {111: "opus/48000/2"}
    assert sound.extensions == {sdp.MID_URI: 1}
    assert sound.ssrcs == ()


def test_an_acceptance_contains_nothing_of_janus() -> None:
    text = janus_sdp.acceptance(OFFER, BROWSER)
    assert all(word not in text for word in ("janus", "candidate", "ice-lite", "00:00"))
