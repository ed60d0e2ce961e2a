// The state that the generator's files share: peers, streams, counts.

#pragma once
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "face.h"

enum { PEERS = 4096, STREAMS = 8192, SOURCES = 128, BURST = 64, DATAGRAM = 1600 };
enum { CHECK_BYTES = 256, REPORT_BYTES = 128, STAMP_BYTES = 12 };

#define SECOND 1000000000ull
#define POLL (400 * 1000ull)        // interval of reading sockets
#define CHECK_INTERVAL (4 * SECOND) // RFC 7675: consent, about every five seconds
#define REPORT_INTERVAL SECOND
#define MARK "sent" // before the time of sending, at the end of each payload

struct source {
    uint32_t ssrc, packets, first, highest;
};

struct peer {
    int fd;
    void *sealing, *opening;
    uint8_t check[CHECK_BYTES], report[REPORT_BYTES];
    int check_size;
    atomic_int report_size, keyframe_wanted;
    uint64_t check_due, report_due;
    struct source sources[SOURCES];
};

struct stream {
    struct peer *peer;
    struct payload payload;
    uint32_t ssrc, timestamp, packets, octets;
    uint16_t sequence, picture;
    int packet_of_frame, is_keyframe;
    uint64_t interval, due, keyframe_due, report_due;
};

extern struct srtp_functions srtp;
extern struct peer peers[PEERS];
extern struct stream streams[STREAMS];
extern atomic_int peer_count, stream_count;
extern struct counts counts;
extern int poller;

uint64_t send_due_media(uint64_t at);
void send_due_signals(uint64_t at);
void prepare_receiving(void);
void receive(void);

static inline uint64_t read_clock(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return time.tv_sec * SECOND + time.tv_nsec;
}

static inline uint64_t now(void) { return read_clock(CLOCK_MONOTONIC); }

static inline void put16(uint8_t *at, uint16_t value) { value = htons(value), memcpy(at, &value, 2); }

static inline void put32(uint8_t *at, uint32_t value) { value = htonl(value), memcpy(at, &value, 4); }

static inline uint32_t get32(const uint8_t *at)
{
    uint32_t value;
    memcpy(&value, at, 4);
    return ntohl(value);
}
