// Incoming packets: each is counted by its sequence number; some are opened, for their time of sending.

#include "state.h"

#include <sys/epoll.h>

enum { EVENTS = 1024, SAMPLED = 8 };

static void note(struct peer *peer, uint32_t ssrc, uint16_t sequence)
{
    uint32_t place = ssrc * 2654435761u >> 25;
    for (int tried = 1; peer->sources[place].packets && peer->sources[place].ssrc != ssrc && tried < SOURCES; tried++)
        place = (place + 1) % SOURCES;
    struct source *source = &peer->sources[place];
    if (!source->packets++) {
        source->ssrc = ssrc, source->first = source->highest = 0x10000u + sequence;
        return;
    }
    int16_t step = sequence - (uint16_t)source->highest;
    if (step > 0)
        source->highest += step;
}

static void note_delay(const uint8_t *packet, int size, uint64_t at)
{
    uint64_t sent;
    const uint8_t *stamp = packet + size - STAMP_BYTES;
    if (size < 12 + STAMP_BYTES || memcmp(stamp, MARK, 4))
        return;
    memcpy(&sent, stamp + 4, sizeof sent);
    uint64_t bucket = (at - sent) / 10000;
    counts.delays[bucket < DELAY_BUCKETS ? bucket : DELAY_BUCKETS - 1]++;
}

// Picture loss (RFC 4585) and full intra requests (RFC 5104), anywhere in a compound packet.
static int asks_for_keyframe(const uint8_t *report, int size)
{
    for (int at = 0; at + 4 <= size; at += 4 + 4 * (report[at + 2] << 8 | report[at + 3]))
        if (report[at + 1] == 206 && ((report[at] & 31) == 1 || (report[at] & 31) == 4))
            return 1;
    return 0;
}

static void take_report(struct peer *peer, uint8_t *report, int size)
{
    if (srtp.unprotect_rtcp(peer->opening, report, &size))
        counts.refused++;
    else if (asks_for_keyframe(report, size))
        atomic_store(&peer->keyframe_wanted, 1), counts.keyframe_requests++;
}

static void take_media(struct peer *peer, uint8_t *packet, int size, uint64_t at)
{
    uint16_t sequence = packet[2] << 8 | packet[3];
    counts.received++, counts.octets += size;
    note(peer, get32(packet + 8), sequence);
    if (sequence % SAMPLED)
        return;
    if (srtp.unprotect(peer->opening, packet, &size))
        counts.refused++;
    else
        note_delay(packet, size, at);
}

static void take(struct peer *peer, uint8_t *packet, int size, uint64_t at)
{
    if (size < 12 || packet[0] < 128 || packet[0] > 191)
        return;
    if (packet[1] >= 192 && packet[1] <= 223)
        take_report(peer, packet, size);
    else
        take_media(peer, packet, size, at);
}

static uint8_t datagrams[BURST][DATAGRAM];
static struct iovec places[BURST];
static struct mmsghdr messages[BURST];

void prepare_receiving(void)
{
    for (int i = 0; i < BURST; i++) {
        places[i] = (struct iovec){datagrams[i], DATAGRAM};
        messages[i].msg_hdr = (struct msghdr){.msg_iov = &places[i], .msg_iovlen = 1};
    }
}

static void take_burst(struct peer *peer)
{
    int taken = recvmmsg(peer->fd, messages, BURST, MSG_DONTWAIT, NULL);
    uint64_t at = now();
    for (int i = 0; i < taken; i++)
        take(peer, datagrams[i], messages[i].msg_len, at);
}

void receive(void)
{
    static struct epoll_event events[EVENTS];
    int ready = epoll_wait(poller, events, EVENTS, 0);
    for (int i = 0; i < ready; i++)
        take_burst(&peers[events[i].data.u32]);
}
