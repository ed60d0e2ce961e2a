"""Janus's messages as it sends them, and the engine's reading of them."""

import pytest

from signaling.media.janus import protocol as janus_protocol
from signaling.media.janus.protocol import JanusRefused, Stream


def test_a_handle_is_made() -> None:
    made = janus_protocol.read('{"janus":"success","session_id":7,"transaction":"3","data":{"id":2713986734306783}}')
    assert (made.transaction, made.data.id, made.refusal) == ("3", 2713986734306783, None)


def test_an_offer_names_its_streams() -> None:
    attached = janus_protocol.read(
        """
        {"janus":"event","session_id":7,"transaction":"4","sender":9,"plugindata":{"plugin":"janus.plugin.videoroom",
         "data":{"videoroom":"attached","room":5,"streams":[
            {"type":"audio","active":true,"mindex":0,"mid":"0","ready":false,"send":true,"feed_id":11,"feed_mid":"a"},
            {"type":"video","active":false,"mindex":1,"mid":"1","ready":false,"send":true}]}},
         "jsep":{"type":"offer","sdp":"v=0"}}
        """
    )
    assert attached.room.streams == (Stream("0", 11, "a"), Stream("1"))
    assert attached.sdp == "v=0"


def test_a_refusal_of_the_room_and_one_of_janus_are_alike() -> None:
    of_the_room = janus_protocol.read(
        '{"janus":"event","plugindata":{"data":{"videoroom":"event","error_code":428,"error":"No such feed (11)"}}}'
    )
    of_janus = janus_protocol.read('{"janus":"error","error":{"code":403,"reason":"Unauthorized request"}}')
    codes = [said.refusal.code for said in (of_the_room, of_janus) if said.refusal]
    assert codes == [428, 403]


def test_a_talking_event_names_the_publisher_and_the_level() -> None:
    talking = janus_protocol.read(
        '{"janus":"event","sender":9,"plugindata":{"data":{"videoroom":"talking","id":11,"audio-level-dBov-avg":41.5}}}'
    )
    assert (talking.room.videoroom, talking.room.id, talking.room.level) == ("talking", 11, 41.5)


def test_an_answer_that_lacks_its_description_is_a_refusal() -> None:
    with pytest.raises(JanusRefused):
        _ = janus_protocol.read('{"janus":"event"}').sdp
