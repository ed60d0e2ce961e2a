// Many publishers and subscribers on one thread: sends SRTP on schedule, counts what comes back.
//
// Python makes the connections (ICE, DTLS) and hands over each socket with its SRTP sessions; packets are sealed and
// opened by the libsrtp that Python has loaded. One thread runs `generator_run`; another may add peers and streams
// meanwhile (a counter publishes them), and opens and closes windows of measurement (by a request and its echo).

#include "state.h"

#include <sys/epoll.h>
#include <unistd.h>

struct srtp_functions srtp;
struct peer peers[PEERS];
struct stream streams[STREAMS];
atomic_int peer_count, stream_count;
struct counts counts;
int poller = -1;

static atomic_int ending, window_wanted, window_open;
static struct counts closed;
static uint64_t window_began, window_processor_began;

// ---- called by the other thread -------------------------------------------------------------------------------------

// Begin without peers and streams, also after an earlier end.
int generator_begin(const struct srtp_functions *functions)
{
    srtp = *functions;
    peer_count = stream_count = ending = window_wanted = window_open = 0;
    prepare_receiving();
    poller = epoll_create1(EPOLL_CLOEXEC);
    return poller < 0 ? -1 : 0;
}

static uint64_t someday_within(uint64_t interval) { return now() + (uint64_t)(drand48() * interval); }

int generator_add_peer(int fd, void *sealing, void *opening, const uint8_t *check, int check_size)
{
    int index = atomic_load(&peer_count), buffer = 4 << 20;
    if (index == PEERS || check_size > CHECK_BYTES)
        return -1;
    struct peer *peer = &peers[index];
    memset(peer, 0, sizeof *peer);
    peer->fd = fd, peer->sealing = sealing, peer->opening = opening;
    memcpy(peer->check, check, peer->check_size = check_size);
    peer->check_due = someday_within(CHECK_INTERVAL);
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = index};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event))
        return -1;
    atomic_store(&peer_count, index + 1);
    return index;
}

int generator_add_report(int index, const uint8_t *report, int size)
{
    if (size > REPORT_BYTES)
        return -1;
    struct peer *peer = &peers[index];
    memcpy(peer->report, report, size);
    peer->report_due = someday_within(REPORT_INTERVAL);
    atomic_store(&peer->report_size, size);
    return 0;
}

int generator_add_stream(int peer, uint32_t ssrc, const struct payload *payload)
{
    int index = atomic_load(&stream_count);
    if (index == STREAMS)
        return -1;
    struct stream *stream = &streams[index];
    memset(stream, 0, sizeof *stream);
    stream->peer = &peers[peer], stream->ssrc = ssrc, stream->payload = *payload;
    stream->sequence = lrand48() & 0x3fff, stream->timestamp = lrand48(), stream->picture = lrand48() & 0x7fff;
    stream->interval = SECOND / payload->rate;
    stream->due = someday_within(stream->interval), stream->report_due = someday_within(REPORT_INTERVAL);
    atomic_store(&stream_count, index + 1);
    return index;
}

static void turn_window_to(int wanted)
{
    atomic_store(&window_wanted, wanted);
    while (atomic_load(&window_open) != wanted && !atomic_load(&ending))
        nanosleep(&(struct timespec){0, 100000}, NULL);
}

void generator_open_window(void) { turn_window_to(1); }

const struct counts *generator_close_window(void)
{
    turn_window_to(0);
    return &closed;
}

void generator_end(void) { atomic_store(&ending, 1); }

// ---- run by the generator's own thread ------------------------------------------------------------------------------

static void begin_window(void)
{
    memset(&counts, 0, sizeof counts);
    for (int i = 0, all = atomic_load(&peer_count); i < all; i++)
        memset(peers[i].sources, 0, sizeof peers[i].sources);
    window_began = now(), window_processor_began = read_clock(CLOCK_THREAD_CPUTIME_ID);
}

static void count_source(const struct source *source)
{
    if (!source->packets)
        return;
    uint32_t expected = source->highest - source->first + 1;
    counts.streams++;
    counts.lost += expected > source->packets ? expected - source->packets : 0;
}

static void end_window(void)
{
    counts.nanoseconds = now() - window_began;
    counts.processor_nanoseconds = read_clock(CLOCK_THREAD_CPUTIME_ID) - window_processor_began;
    for (int i = 0, all = atomic_load(&peer_count); i < all; i++)
        for (int j = 0; j < SOURCES; j++)
            count_source(&peers[i].sources[j]);
    closed = counts;
}

static void turn_window(void)
{
    int wanted = atomic_load(&window_wanted);
    if (wanted == atomic_load(&window_open))
        return;
    if (wanted)
        begin_window();
    else
        end_window();
    atomic_store(&window_open, wanted);
}

static void sleep_until(uint64_t wake)
{
    uint64_t at = now();
    if (wake > at + 20000)
        nanosleep(&(struct timespec){0, wake - at}, NULL);
}

void generator_run(void)
{
    uint64_t polled = 0, signalled = 0;
    while (!atomic_load(&ending)) {
        uint64_t at = now(), media_due = send_due_media(at);
        if (at > signalled + 10 * POLL)
            send_due_signals(at), signalled = at;
        turn_window();
        sleep_until(media_due < polled + POLL ? media_due : polled + POLL);
        if (now() >= polled + POLL)
            polled = now(), receive();
    }
    close(poller);
}
