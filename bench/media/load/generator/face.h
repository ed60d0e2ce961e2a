// The load generator's interface: read by the compiler and, unchanged, by cffi.

#define DELAY_BUCKETS 50000

typedef int (*srtp_function)(void *session, void *packet, int *length);

struct srtp_functions {
    srtp_function protect, unprotect, protect_rtcp, unprotect_rtcp;
};

struct payload {
    int is_video;
    int payload_type;
    double rate;         // packets per second
    int size;            // bytes after the header
    int clock_step;      // timestamp units from one packet of sound, or one frame, to the next
    uint8_t extension[32];
    int extension_size;  // whole 32-bit words
};

struct counts {
    uint64_t sent;       // media packets, by all publishers
    uint64_t received;   // media packets, by all subscribers
    uint64_t octets;     // of these
    uint64_t lost;       // gaps in the sequence numbers at the subscribers
    uint64_t refused;    // packets that did not open, or could not be sealed or sent
    uint64_t late;       // times that a stream fell 50 ms behind its schedule
    uint64_t streams;    // SSRCs that arrived, over all subscribers
    uint64_t keyframe_requests;
    uint64_t nanoseconds;           // the window's length
    uint64_t processor_nanoseconds; // of the generator's own thread
    uint64_t delays[DELAY_BUCKETS]; // of sampled packets, in steps of 10 µs; the last holds all longer ones
};

int generator_begin(const struct srtp_functions *functions);
int generator_add_peer(int fd, void *sealing, void *opening, const uint8_t *check, int check_size);
int generator_add_report(int peer, const uint8_t *report, int size);
int generator_add_stream(int peer, uint32_t ssrc, const struct payload *payload);
void generator_run(void);
void generator_open_window(void);
const struct counts *generator_close_window(void);
void generator_end(void);
double bare_loop(const struct srtp_functions *functions, void *sealing, int from, int to, int size, int rounds);
