// Outgoing packets: media on schedule, sender reports, receivers' reports and checks of consent.

#include "state.h"

enum { PACKETS_A_FRAME = 2, MOST_AT_ONCE = 4 };

#define KEYFRAME_INTERVAL (10 * SECOND)
#define BEHIND (50 * 1000000ull)

static void seal_and_send(struct peer *peer, srtp_function seal, uint8_t *packet, int size)
{
    if (seal(peer->sealing, packet, &size) || send(peer->fd, packet, size, MSG_DONTWAIT) < 0)
        counts.refused++;
}

// A descriptor with a 15-bit picture id and TL0PICIDX (RFC 7741 section 4.2); after it, at the beginning of a frame,
// the frame's tag and, in a key frame, its start code and size (RFC 6386 section 9.1).
static void write_vp8(uint8_t *payload, const struct stream *stream)
{
    int is_first = stream->packet_of_frame == 0;
    payload[0] = is_first ? 0x90 : 0x80;
    payload[1] = 0xc0;
    put16(payload + 2, 0x8000 | (stream->picture & 0x7fff));
    payload[4] = stream->picture;
    if (is_first)
        payload[5] = stream->is_keyframe ? 0x10 : 0x11;
    if (is_first && stream->is_keyframe)
        memcpy(payload + 8, "\x9d\x01\x2a\x40\x01\xb4\x00", 7);
}

static void begin_frame(struct stream *stream, uint64_t at)
{
    int wanted = atomic_exchange(&stream->peer->keyframe_wanted, 0);
    stream->is_keyframe = wanted || at >= stream->keyframe_due;
    if (stream->is_keyframe)
        stream->keyframe_due = at + KEYFRAME_INTERVAL;
    stream->picture++;
}

static void advance(struct stream *stream, int ends_frame)
{
    stream->packets++, stream->octets += stream->payload.size, stream->sequence++;
    stream->packet_of_frame = ends_frame ? 0 : stream->packet_of_frame + 1;
    stream->timestamp += ends_frame ? stream->payload.clock_step : 0;
}

static void send_media(struct stream *stream)
{
    uint8_t packet[DATAGRAM] = {0};
    const struct payload *payload = &stream->payload;
    uint64_t at = now();
    int header = 12 + payload->extension_size;
    int ends_frame = !payload->is_video || stream->packet_of_frame == PACKETS_A_FRAME - 1;
    if (payload->is_video && stream->packet_of_frame == 0)
        begin_frame(stream, at);
    packet[0] = payload->extension_size ? 0x90 : 0x80;
    packet[1] = payload->payload_type | (payload->is_video && ends_frame ? 0x80 : 0);
    put16(packet + 2, stream->sequence), put32(packet + 4, stream->timestamp), put32(packet + 8, stream->ssrc);
    memcpy(packet + 12, payload->extension, payload->extension_size);
    if (payload->is_video)
        write_vp8(packet + header, stream);
    uint8_t *stamp = packet + header + payload->size - STAMP_BYTES;
    memcpy(stamp, MARK, 4), memcpy(stamp + 4, &at, sizeof at);
    seal_and_send(stream->peer, srtp.protect, packet, header + payload->size);
    advance(stream, ends_frame);
    counts.sent++;
}

// RFC 3550 section 6.4.1, without report blocks. The time is the machine's uptime, which is not compared with other machines'.
static void send_sender_report(struct stream *stream, uint64_t at)
{
    uint8_t report[DATAGRAM] = {0x80, 200, 0, 6};
    put32(report + 4, stream->ssrc);
    put32(report + 8, at / SECOND), put32(report + 12, (at % SECOND << 32) / SECOND);
    put32(report + 16, stream->timestamp), put32(report + 20, stream->packets), put32(report + 24, stream->octets);
    seal_and_send(stream->peer, srtp.protect_rtcp, report, 28);
}

static void send_report(struct peer *peer)
{
    uint8_t report[DATAGRAM];
    memcpy(report, peer->report, peer->report_size);
    seal_and_send(peer, srtp.protect_rtcp, report, peer->report_size);
}

// The time at which the next packet is due.
uint64_t send_due_media(uint64_t at)
{
    uint64_t next = at + POLL;
    for (int i = 0, all = atomic_load(&stream_count); i < all; i++) {
        struct stream *stream = &streams[i];
        for (int sent = 0; stream->due <= at && sent < MOST_AT_ONCE; sent++, stream->due += stream->interval)
            send_media(stream);
        if (at > stream->due + BEHIND)
            counts.late++, stream->due = at;
        if (at >= stream->report_due)
            send_sender_report(stream, at), stream->report_due = at + REPORT_INTERVAL;
        next = stream->due < next ? stream->due : next;
    }
    return next;
}

void send_due_signals(uint64_t at)
{
    for (int i = 0, all = atomic_load(&peer_count); i < all; i++) {
        struct peer *peer = &peers[i];
        if (at >= peer->check_due) {
            peer->check_due = at + CHECK_INTERVAL;
            counts.refused += send(peer->fd, peer->check, peer->check_size, MSG_DONTWAIT) < 0;
        }
        if (atomic_load(&peer->report_size) && at >= peer->report_due)
            peer->report_due = at + REPORT_INTERVAL, send_report(peer);
    }
}
