"""The engine can read a bot's descriptions, and the bot finds the engine's addresses in the engine's."""

from bots import descriptions
from bots.descriptions import Credentials
from signaling.media.formats import sdp, sdp_text
from signaling.media.formats.sdp import Fingerprint
from signaling.media.formats.sdp_text import Endpoint, Outgoing, OutgoingStream

DIGEST = "AB:" * 31 + "CD"
OWN = Credentials("bots", "a-bot-s-password", f"sha-256 {DIGEST}")
ENDPOINT = Endpoint(("192.0.2.7", "127.0.0.1"), 8_082, "engine", "a-long-password", Fingerprint("sha-256", DIGEST))


def test_an_offer_sends_sound_and_picture() -> None:
    offer = sdp.read(descriptions.offer(OWN))
    assert [(section.kind, section.mid, section.sends) for section in offer.sections] == [
        ("audio", "sound", True),
        ("video", "picture", True),
    ]
    assert offer.secrets == sdp.Secrets("bots", "a-bot-s-password", (Fingerprint("sha-256", DIGEST),), "actpass")


def test_an_answer_takes_what_is_offered_and_leaves_out_what_is_off() -> None:
    sections = [Outgoing("audio", "0", None), Outgoing("video", "1", OutgoingStream("pat", 21, 22))]
    offered = sdp.read(sdp_text.offer(sections, ENDPOINT, 1, 1))
    answer = sdp.read(descriptions.answer(offered, OWN))
    assert [(section.mid, section.receives) for section in answer.sections] == [("0", False), ("1", True)]
    assert answer.secrets.setup == "active"


def test_the_engine_s_addresses_are_found_best_first() -> None:
    text = sdp_text.offer([Outgoing("audio", "0", None)], ENDPOINT, 1, 1)
    assert descriptions.addresses(text) == [("192.0.2.7", 8_082), ("127.0.0.1", 8_082)]
