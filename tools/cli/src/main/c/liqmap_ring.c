/*
 * Sends the messages of a feed file to an engine's ring in shared memory, to begin one's own writer from:
 *
 *   cc -std=c11 -O2 -o liqmap_ring liqmap_ring.c
 *   liqmap run --feed ring:/dev/shm/feed --journal DIR
 *   ./liqmap_ring /dev/shm/feed 1 FEED
 *
 * Bytes and steps are those of engine/FEED.md. Replace main's loop by what your source has.
 */
#define _POSIX_C_SOURCE 200809L
#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { HEADER = 128, TRAILER = 768, RECORD = 8, PADDING = -1, BLOCK = 64, EVENTS = 1, MAX_BLOCK = 1 << 20 };

typedef struct {
    uint8_t *memory;
    int64_t capacity;
    int32_t max_message;
    int32_t writer;
} ring;

static _Atomic int64_t *position(const ring *to, int at) {
    return (_Atomic int64_t *)(to->memory + HEADER + to->capacity + at);
}

static _Atomic int32_t *length_at(const ring *to, int64_t index) {
    return (_Atomic int32_t *)(to->memory + HEADER + index);
}

static int32_t *type_at(const ring *to, int64_t index) {
    return (int32_t *)(to->memory + HEADER + index + 4);
}

static int open_ring(ring *to, const char *path, int32_t writer) {
    int file = open(path, O_RDWR);
    struct stat status;
    if (file < 0) {
        return 0;
    }
    if (fstat(file, &status) != 0 || status.st_size < HEADER + TRAILER) {
        close(file);
        return 0;
    }
    to->memory = mmap(NULL, (size_t)status.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    int32_t header[8];
    if (to->memory == MAP_FAILED) {
        return 0;
    }
    memcpy(header, to->memory, sizeof header);
    to->capacity = header[3];
    to->max_message = header[6];
    to->writer = writer;
    return memcmp(to->memory, "LIQRING1", 8) == 0 && header[2] == 1
        && status.st_size == HEADER + to->capacity + TRAILER;
}

/* Whether an engine reads it: it hasn't ended, and its heart has beaten within ten seconds. */
static int is_read(const ring *to) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    int64_t millis = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
    return atomic_load((_Atomic int64_t *)(to->memory + 16)) == 0 && millis - atomic_load(position(to, 640)) < 10000;
}

/* Writes whole frames, or none at the end of the run; 0 while the ring is full. */
static int write_frames(const ring *to, const uint8_t *frames, int32_t bytes) {
    int64_t capacity = to->capacity, need = (RECORD + bytes + 7) & ~7, pad, index;
    int64_t tail = atomic_load(position(to, 128));
    do {
        index = tail & (capacity - 1);
        pad = need > capacity - index ? capacity - index : 0;
        if (pad + need > capacity - (tail - atomic_load(position(to, 256)))) {
            int64_t head = atomic_load_explicit(position(to, 384), memory_order_acquire);
            if (pad + need > capacity - (tail - head)) {
                return 0;
            }
            atomic_store(position(to, 256), head);
        }
    } while (!atomic_compare_exchange_weak(position(to, 128), &tail, tail + pad + need));
    if (pad > 0) {
        atomic_store_explicit(length_at(to, index), (int32_t)-pad, memory_order_release);
        *type_at(to, index) = PADDING;
        atomic_store_explicit(length_at(to, index), (int32_t)pad, memory_order_release);
        index = 0;
    }
    atomic_store_explicit(length_at(to, index), -(RECORD + bytes), memory_order_release);
    atomic_thread_fence(memory_order_release);
    *type_at(to, index) = to->writer;
    memcpy(to->memory + HEADER + index + RECORD, frames, (size_t)bytes);
    atomic_store_explicit(length_at(to, index), RECORD + bytes, memory_order_release);
    return 1;
}

/* Waits while the ring is full; ends where no engine reads it any more. */
static void send_frames(const ring *to, const uint8_t *frames, int32_t bytes) {
    const struct timespec pause = {0, 50000};
    while (!write_frames(to, frames, bytes)) {
        if (!is_read(to)) {
            fprintf(stderr, "no engine reads the ring\n");
            exit(1);
        }
        nanosleep(&pause, NULL);
    }
}

int main(int count, char **words) {
    static uint8_t header[BLOCK], payload[MAX_BLOCK];
    ring to;
    FILE *feed = count == 4 ? fopen(words[3], "rb") : NULL;
    if (feed == NULL) {
        fprintf(stderr, "usage: liqmap_ring RING WRITER FEED\n");
        return 2;
    }
    if (!open_ring(&to, words[1], atoi(words[2])) || !is_read(&to)) {
        fprintf(stderr, "%s: no ring that an engine reads\n", words[1]);
        return 1;
    }
    while (fread(header, BLOCK, 1, feed) == 1 && header[4] == EVENTS) {
        int32_t length, frame;
        memcpy(&length, header + 40, 4);
        if (length < 0 || length > MAX_BLOCK || fread(payload, (size_t)length, 1, feed) != 1) {
            fprintf(stderr, "%s: cut, or no feed\n", words[3]);
            return 3;
        }
        for (int32_t at = 0; at < length; at += frame) {
            memcpy(&frame, payload + at, 4);
            frame = (8 + frame + 7) & ~7;
            if (frame < 16 || frame > length - at || frame > to.max_message) {
                fprintf(stderr, "%s: no feed\n", words[3]);
                return 3;
            }
            send_frames(&to, payload + at, frame);
        }
    }
    send_frames(&to, header, 0);
    return 0;
}
