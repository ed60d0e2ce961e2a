"""Answers and offers describe what the engine will do; its own reader and aiortc's understand them."""

from pathlib import Path

import pytest
from aiortc.sdp import SessionDescription

from bots import descriptions
from domain.errors import MediaRefused
from signaling.media.formats import rtp, sdp, sdp_text
from signaling.media.formats.sdp_text import Endpoint, Incoming, Outgoing, OutgoingStream

FINGERPRINT = sdp.Fingerprint("sha-256", "AB:" * 31 + "CD")
ENDPOINT = Endpoint(("192.0.2.7", "127.0.0.1"), 8_082, "engine", "a-long-password", FINGERPRINT)
OWN = descriptions.Credentials("bots", "another-long-password", f"{FINGERPRINT.algorithm} {FINGERPRINT.value}")
OFFER = descriptions.offer(OWN)
DESCRIPTIONS = Path(__file__).with_name("descriptions")
DATA_CHANNEL = "\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:data\r\n"


def read(text: str) -> SessionDescription:
    return SessionDescription.parse(text)


def test_sound_and_picture_are_taken_from_an_offer() -> None:
    audio, video = sdp_text.incoming(sdp.read(OFFER))
    assert audio == Incoming("audio", "sound", {109: rtp.OPUS}, {3: rtp.MID}, (), ())
    assert video.payload_types == {120: rtp.VP8, 124: rtp.RETRANSMISSIONS[rtp.VP8]}


def test_an_answer_uses_the_publisher_s_numbers() -> None:
    offer = sdp.read(OFFER)
    audio, video = read(sdp_text.answer(offer, sdp_text.incoming(offer), ENDPOINT, 1)).media
    assert [codec.payloadType for codec in audio.rtp.codecs] == [109]
    assert [codec.payloadType for codec in video.rtp.codecs] == [120, 124]
    assert [(extension.id, extension.uri) for extension in audio.rtp.headerExtensions] == [(3, sdp.MID_URI)]
    assert audio.direction == video.direction == "recvonly"
    assert video.dtls.role == "server"


def test_an_answer_names_every_address_best_first() -> None:
    offer = sdp.read(OFFER)
    description = read(sdp_text.answer(offer, sdp_text.incoming(offer), ENDPOINT, 1))
    candidates = description.media[0].ice_candidates
    assert [(candidate.ip, candidate.port, candidate.type) for candidate in candidates] == [
        ("192.0.2.7", 8_082, "host"),
        ("127.0.0.1", 8_082, "host"),
    ]
    assert candidates[0].priority > candidates[1].priority
    assert description.media[0].ice.iceLite


def test_a_section_that_the_engine_does_not_forward_is_rejected_in_its_place() -> None:
    offer = sdp.read(OFFER.replace("BUNDLE sound", "BUNDLE data sound").rstrip() + DATA_CHANNEL)
    text = sdp_text.answer(offer, sdp_text.incoming(offer), ENDPOINT, 1)
    assert "a=group:BUNDLE sound picture\r\n" in text
    assert "m=application 0 UDP/DTLS/SCTP webrtc-datachannel\r\n" in text
    assert [section.mid for section in sdp.read(text).sections] == ["sound", "picture", "data"]


def test_of_three_pictures_the_first_is_the_camera_and_the_second_the_screen() -> None:
    more = [OFFER[OFFER.index("m=video") :].replace("mid:picture", f"mid:{mid}") for mid in ("second", "third")]
    offer = sdp.read(OFFER.replace("sound picture", "sound picture second third") + "".join(more))
    taken = [(section.kind, section.mid) for section in sdp_text.incoming(offer)]
    assert taken == [("audio", "sound"), ("video", "picture"), ("screen", "second")]


def simulcast(*rids: str) -> str:
    named = "".join(f"a=rid:{rid} send\r\n" for rid in rids)
    return OFFER + f"{named}a=simulcast:send {';'.join(rids)}\r\na=extmap:7 {sdp.RID_URI}\r\n"


def test_a_picture_in_three_qualities_is_taken_in_all_of_them() -> None:
    offer = sdp.read(simulcast("h", "l", "m"))
    _, video = sdp_text.incoming(offer)
    assert video.rids == ("l", "m", "h")
    assert video.extension_ids[7] == rtp.RID
    text = sdp_text.answer(offer, [video], ENDPOINT, 1)
    assert "a=rid:h recv\r\n" in text
    assert "a=simulcast:recv l;m;h\r\n" in text


def test_qualities_of_unknown_names_are_not_taken() -> None:
    offer = sdp.read(simulcast("huge", "l"))
    _, video = sdp_text.incoming(offer)
    assert video.rids == ()
    assert "simulcast" not in sdp_text.answer(offer, [video], ENDPOINT, 1)


@pytest.mark.parametrize("unusable", ["", f"a=extmap:15 {sdp.RID_URI}\r\n", f"a=extmap:7/recvonly {sdp.RID_URI}\r\n"])
def test_qualities_that_no_packet_could_name_are_not_taken(unusable: str) -> None:
    offer = sdp.read(simulcast("l", "m", "h").replace(f"a=extmap:7 {sdp.RID_URI}\r\n", unusable))
    _, video = sdp_text.incoming(offer)
    assert video.rids == ()
    assert "simulcast" not in sdp_text.answer(offer, [video], ENDPOINT, 1)


def test_firefox_is_answered_in_its_three_qualities() -> None:
    offer = sdp.read((DESCRIPTIONS / "firefox-153-offer.sdp").read_text())
    audio, camera, screen = sdp_text.incoming(offer)
    assert (audio.kind, camera.kind, screen.kind) == ("audio", "video", "screen")
    assert camera.payload_types == {120: rtp.VP8, 124: rtp.RETRANSMISSIONS[rtp.VP8]}
    assert (camera.rids, screen.rids) == (("l", "m", "h"), ())
    answered = sdp.read(sdp_text.answer(offer, [audio, camera, screen], ENDPOINT, 1))
    assert [section.receives for section in answered.sections] == [True] * 3


def test_firefox_without_h264_takes_vp8_and_its_retransmissions() -> None:
    answer = sdp.read((DESCRIPTIONS / "firefox-153-answer.sdp").read_text())
    taken = [sdp_text.agreed(section) for section in answer.sections]
    assert taken == [{rtp.OPUS}] * 3 + [{rtp.VP8, rtp.RETRANSMISSIONS[rtp.VP8]}]


def answer_of_picture(*lines: str) -> sdp.Section:
    picture = sdp_text.offer([Outgoing("video", "0", None)], ENDPOINT, 5, 3)
    kept = [line for line in picture.split("\r\n") if not line.startswith(("a=rtpmap", "a=fmtp", "a=inactive"))]
    return sdp.read("\r\n".join([*kept, "a=recvonly", *lines, ""])).sections[0]


@pytest.mark.parametrize(
    ("lines", "taken"),
    [
        ([f"a=rtpmap:{rtp.VP8} VP8/90000"], {rtp.VP8}),
        ([f"a=rtpmap:{rtp.VP8} VP9/90000"], set()),
        ([f"a=rtpmap:{rtp.H264} H264/90000"], set()),  # one unit a packet, which is not what is sent
        (
            [
                f"a=rtpmap:{rtp.H264} H264/90000",
                f"a=fmtp:{rtp.H264} profile-level-id=42e01f; packetization-mode=1",
                "a=rtpmap:103 rtx/90000",
                f"a=fmtp:103 rtx-time=3000;apt={rtp.H264}",
            ],
            {rtp.H264, 103},
        ),
        ([f"a=rtpmap:{rtp.VP8} VP8/90000", "a=rtpmap:97 rtx/90000", "a=fmtp:97 apt=102"], {rtp.VP8}),
    ],
)
def test_a_subscriber_is_sent_what_its_answer_takes(lines: list[str], taken: set[int]) -> None:
    assert sdp_text.agreed(answer_of_picture(*lines)) == taken


def h264(parameters: str) -> sdp.Description:
    return sdp.read(OFFER.replace("VP8/90000", "H264/90000") + f"a=fmtp:120 {parameters}\r\n")


def test_h264_is_taken_from_a_publisher_without_vp8_and_answered_with_its_parameters() -> None:
    parameters = "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42E01F"
    offer = h264(parameters)
    _, video = sdp_text.incoming(offer)
    assert video.payload_types == {120: rtp.H264, 124: rtp.RETRANSMISSIONS[rtp.H264]}
    assert f"a=fmtp:120 {parameters}\r\n" in sdp_text.answer(offer, [video], ENDPOINT, 1)


@pytest.mark.parametrize("profile", ["42e01f", "42c01f", "42001F", "4d801f"])
def test_every_baseline_profile_is_taken(profile: str) -> None:
    _, video = sdp_text.incoming(h264(f"profile-level-id = {profile} ; Packetization-Mode=1"))
    assert video.format == rtp.H264


@pytest.mark.parametrize(
    "parameters",
    [
        "packetization-mode=0;profile-level-id=42e01f",
        "packetization-mode=1;profile-level-id=640c1f",
        "packetization-mode=1;profile-level-id=4d001f",
        "packetization-mode=1;profile-level-id=42",
        "packetization-mode=1",
    ],
)
def test_h264_that_not_every_browser_decodes_is_left(parameters: str) -> None:
    assert [section.kind for section in sdp_text.incoming(h264(parameters))] == ["audio"]


def test_silence_costs_little_and_lost_sound_can_be_restored() -> None:
    offer = sdp.read(OFFER)
    answered = sdp_text.answer(offer, sdp_text.incoming(offer), ENDPOINT, 1)
    offered = sdp_text.offer([Outgoing("audio", "0", None)], ENDPOINT, 5, 3)
    assert all("useinbandfec=1;usedtx=1" in text for text in (answered, offered))


def test_subscribers_are_asked_for_estimates_of_their_path() -> None:
    offered = sdp_text.offer([Outgoing("video", "0", None)], ENDPOINT, 5, 3)
    assert f"a=extmap:{rtp.SEND_TIME} {sdp.SEND_TIME_URI}\r\n" in offered
    assert f"a=rtcp-fb:{rtp.VP8} goog-remb\r\n" in offered


@pytest.mark.parametrize(("old", "new"), [("a=sendonly", "a=inactive"), ("opus/48000/2", "PCMU/8000"), ("m=", "m=x")])
def test_an_offer_of_nothing_usable_is_refused(old: str, new: str) -> None:
    with pytest.raises(MediaRefused, match="neither"):
        sdp_text.incoming(sdp.read(OFFER.replace(old, new).replace("VP8/90000", "H264/90000")))


def test_an_answer_promises_no_feedback_that_was_not_offered() -> None:
    offer = sdp.read(OFFER.replace("a=rtcp-fb:120 nack\r\n", "a=rtcp-fb:*  nack\r\na=rtcp-fb:120 transport-cc\r\n"))
    text = sdp_text.answer(offer, sdp_text.incoming(offer), ENDPOINT, 1)
    assert [line for line in text.split("\r\n") if "rtcp-fb" in line] == [
        "a=rtcp-fb:120 nack",
        "a=rtcp-fb:120 nack pli",
    ]


def test_an_offer_without_names_for_its_streams_is_refused() -> None:
    nameless = OFFER.replace(f"a=extmap:3 {sdp.MID_URI}", f"a=extmap:3/recvonly {sdp.MID_URI}")
    with pytest.raises(MediaRefused, match="sdes:mid"):
        sdp_text.incoming(sdp.read(nameless))
    audio, _ = sdp_text.incoming(sdp.read(nameless.replace("a=sendonly", "a=sendonly\r\na=ssrc:7 cname:bot")))
    assert audio.ssrcs == (7,)


def test_an_offer_names_the_streams_of_one_connection_as_synchronised() -> None:
    sections = [
        Outgoing("audio", "0", OutgoingStream("pat", 11, 12)),
        Outgoing("video", "1", OutgoingStream("pat", 21, 22)),
    ]
    audio, video = read(sdp_text.offer(sections, ENDPOINT, 5, 3)).media
    assert [(ssrc.ssrc, ssrc.cname) for ssrc in audio.ssrc] == [(11, "pat")]
    assert [(ssrc.ssrc, ssrc.cname) for ssrc in video.ssrc] == [(21, "pat"), (22, "pat")]
    assert [(group.semantic, group.items) for group in video.ssrc_group] == [("FID", [21, 22])]
    assert (audio.msid, video.msid) == ("pat pat-audio", "pat pat-video")
    assert audio.direction == "sendonly"


def test_an_emptied_section_stays_in_its_place() -> None:
    sections = [Outgoing("audio", "0", None), Outgoing("video", "1", OutgoingStream("pat", 21, 22))]
    audio, video = sdp.read(sdp_text.offer(sections, ENDPOINT, 5, 3)).sections
    assert (audio.direction, audio.ssrcs) == ("inactive", ())
    assert (video.direction, video.ssrcs, video.repair_ssrcs) == ("sendonly", (21,), (22,))


def test_a_later_offer_has_a_later_version() -> None:
    assert "o=- 5 3 IN" in sdp_text.offer([Outgoing("audio", "0", None)], ENDPOINT, 5, 3)
