// The floor: the cost of a packet when it is only sealed and sent.

#include "state.h"

// Seconds of processor time per packet, or a negative number; the packets are read again outside the measured time.
double bare_loop(const struct srtp_functions *functions, void *sealing, int from, int to, int size, int rounds)
{
    uint8_t datagram[DATAGRAM], packet[DATAGRAM] = {0x80, 96};
    uint64_t spent = 0;
    put32(packet + 8, 1);
    for (int round = 0; round < rounds; round++) {
        uint64_t began = read_clock(CLOCK_THREAD_CPUTIME_ID);
        for (int i = 0; i < BURST; i++) {
            int length = size;
            memcpy(datagram, packet, size);
            put16(datagram + 2, round * BURST + i);
            if (functions->protect(sealing, datagram, &length) || send(from, datagram, length, MSG_DONTWAIT) < 0)
                return -1;
        }
        spent += read_clock(CLOCK_THREAD_CPUTIME_ID) - began;
        while (recv(to, datagram, sizeof datagram, MSG_DONTWAIT) > 0)
            ;
    }
    return (double)spent / SECOND / ((double)rounds * BURST);
}
