"""Session descriptions are read for a few facts, and refused with a sentence when they lack them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import MediaRefused
from signaling.media.formats import sdp

DESCRIPTIONS = Path(__file__).with_name("descriptions")
"""Real descriptions from browsers."""
FINGERPRINT = "AB:" * 31 + "CD"
BROWSER_OFFER = f"""v=0
o=- 4611731400430051336 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0 1
a=extmap-allow-mixed
a=msid-semantic: WMS
m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126
c=IN IP4 0.0.0.0
a=rtcp:9 IN IP4 0.0.0.0
a=ice-ufrag:bZ3N
a=ice-pwd:XLjq8vbnJrmUm9GZ1sDlHpbM
a=ice-options:trickle
a=fingerprint:sha-256 {FINGERPRINT}
a=setup:actpass
a=mid:0
a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
a=extmap:4/sendonly urn:ietf:params:rtp-hdrext:sdes:mid
a=sendonly
a=msid:- 6a1c0b6e
a=rtcp-mux
a=rtpmap:111 opus/48000/2
a=rtcp-fb:111 transport-cc
a=fmtp:111 minptime=10;useinbandfec=1
a=rtpmap:63 red/48000/2
a=fmtp:63 111/111
a=rtpmap:9 G722/8000
a=ssrc:2937561 cname:pk5Qm
a=ssrc:2937561 msid:- 6a1c0b6e
m=video 9 UDP/TLS/RTP/SAVPF 45 46 96 97
c=IN IP4 0.0.0.0
a=rtcp:9 IN IP4 0.0.0.0
a=ice-ufrag:bZ3N
a=ice-pwd:XLjq8vbnJrmUm9GZ1sDlHpbM
a=fingerprint:sha-256 {FINGERPRINT}
a=setup:actpass
a=mid:1
a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
a=extmap:17 urn:3gpp:video-orientation
a=sendonly
a=rtcp-mux
a=rtcp-rsize
a=rtpmap:45 AV1/90000
a=rtpmap:46 rtx/90000
a=fmtp:46 apt=45
a=rtpmap:96 VP8/90000
a=rtcp-fb:96 nack pli
a=rtpmap:97 rtx/90000
a=fmtp:97 apt=96
a=ssrc-group:FID 3735928559 2596996162
a=ssrc:3735928559 cname:pk5Qm
a=ssrc:2596996162 cname:pk5Qm
""".replace("\n", "\r\n")


def test_a_browser_s_offer_is_read() -> None:
    offer = sdp.read(BROWSER_OFFER)
    audio, video = offer.sections
    assert offer.secrets.ufrag == "bZ3N"
    assert offer.secrets.fingerprints == (sdp.Fingerprint("sha-256", FINGERPRINT),)
    assert (audio.kind, audio.mid, audio.direction, audio.ssrcs) == ("audio", "0", "sendonly", (2_937_561,))
    assert audio.codecs[111] == "opus/48000/2"
    assert audio.extensions[sdp.MID_URI] == 4
    assert audio.extensions[sdp.AUDIO_LEVEL_URI] == 1
    assert list(video.codecs) == [45, 46, 96, 97]
    assert video.repairs == {46: 45, 97: 96}
    assert (video.ssrcs, video.repair_ssrcs) == ((3_735_928_559,), (2_596_996_162,))
    assert "urn:3gpp:video-orientation" not in video.extensions


@pytest.mark.parametrize("said", ["apt=96;rtx-time=3000", "rtx-time=3000;apt=96", " rtx-time=3000 ; APT = 96 ;"])
def test_the_format_that_a_retransmission_repeats_is_found_in_any_spelling(said: str) -> None:
    _, video = sdp.read(BROWSER_OFFER.replace("a=fmtp:97 apt=96", f"a=fmtp:97 {said}")).sections
    assert video.repairs == {46: 45, 97: 96}


def test_an_extension_that_is_only_received_does_not_count_as_sent() -> None:
    _, video = sdp.read(BROWSER_OFFER.replace("a=extmap:4 urn", "a=extmap:4/recvonly urn")).sections
    assert video.extensions == {}


def test_firefox_s_offer_of_three_qualities_is_read() -> None:
    audio, camera, screen = sdp.read((DESCRIPTIONS / "firefox-153-offer.sdp").read_text()).sections
    assert (audio.codecs[109], audio.direction, camera.direction) == ("opus/48000/2", "sendonly", "sendonly")
    assert camera.sends, "port 0 with a=bundle-only is no rejection"
    assert (camera.rids, screen.rids) == (("l", "m", "h"), ())
    assert camera.repairs[124] == 120
    assert camera.extensions[sdp.RID_URI] == 9
    assert len(camera.ssrcs) == len(camera.repair_ssrcs) == 3
    assert "urn:ietf:params:rtp-hdrext:csrc-audio-level" not in audio.extensions


def test_firefox_s_answer_is_read() -> None:
    answer = sdp.read((DESCRIPTIONS / "firefox-153-answer.sdp").read_text())
    assert [section.receives for section in answer.sections] == [True] * 4
    assert list(answer.sections[3].codecs.values()) == ["vp8/90000", "rtx/90000"]


def test_a_rejected_section_need_not_have_a_name() -> None:
    text = BROWSER_OFFER.replace("m=audio 9", "m=audio 0").replace("BUNDLE 0 1", "BUNDLE 1").replace("a=mid:0\r\n", "")
    audio, video = sdp.read(text).sections
    assert (audio.rejected, audio.mid, video.mid) == (True, "", "1")


def test_lines_may_end_with_or_without_a_carriage_return() -> None:
    assert sdp.read(BROWSER_OFFER.replace("\r\n", "\n")) == sdp.read(BROWSER_OFFER)


def test_a_section_without_direction_sends_and_receives() -> None:
    audio = sdp.read(BROWSER_OFFER.replace("a=sendonly\r\n", "", 1)).sections[0]
    assert audio.sends
    assert audio.receives


def test_a_rejected_section_neither_sends_nor_receives() -> None:
    text = BROWSER_OFFER.replace("m=audio 9", "m=audio 0").replace("BUNDLE 0 1", "BUNDLE 1")
    audio, video = sdp.read(text).sections
    assert not audio.sends
    assert video.sends


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("m=", "x=", "no media section"),
        ("m=audio 9", "m=audio nine", "valid m= line"),
        ("a=mid:1", "a=mid:0", "share one a=mid"),
        ("a=mid:1", "a=mid:one two", "a=mid"),
        ("a=mid:1\r\n", "", "a=mid"),
        ("BUNDLE 0 1", "BUNDLE 0", "BUNDLE"),
        ("a=ice-ufrag", "a=x-ufrag", "a=ice-ufrag"),
        ("XLjq8vbnJrmUm9GZ1sDlHpbM", "!", "a=ice-pwd"),
        ("a=setup", "a=x-setup", "a=setup"),
        ("sha-256", "sha-1", "a=fingerprint"),
        ("AB:", "XY:", "a=fingerprint"),
    ],
)
def test_a_refusal_names_the_fault(old: str, new: str, sentence: str) -> None:
    with pytest.raises(MediaRefused, match=sentence):
        sdp.read(BROWSER_OFFER.replace(old, new))


def test_a_description_is_bounded() -> None:
    with pytest.raises(MediaRefused, match="too long"):
        sdp.read("a" * (sdp.MAX_LENGTH + 1))
    with pytest.raises(MediaRefused, match="media sections"):
        sdp.read("m=audio 9 RTP 0\r\n" * (sdp.MAX_SECTIONS + 1))


@given(st.text(max_size=400))
def test_no_text_raises_anything_but_a_refusal(text: str) -> None:
    with pytest.raises(MediaRefused):
        sdp.read(text)


@given(st.data())
def test_no_damaged_offer_raises_anything_but_a_refusal(data: st.DataObject) -> None:
    lines = BROWSER_OFFER.split("\r\n")
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(lines) - 1))
        cut = data.draw(st.integers(0, len(lines[at])))
        lines[at] = lines[at][:cut] + data.draw(st.text(max_size=12))
    try:
        sdp.read("\r\n".join(lines))
    except MediaRefused as refusal:
        assert refusal.sentence.endswith(".")
