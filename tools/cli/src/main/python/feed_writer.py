#!/usr/bin/env python3
"""Writes a feed to stdout, to begin one's own from: python3 feed_writer.py | liqmap run --feed - --journal DIR

Bytes are those of engine/FEED.md. Replace messages() by what your source has, sequences rising by one.
"""
import struct
import sys
import time

SCHEMA, EVENTS, END, BUY, SELL, NONE = 4101, 1, 4, 1, 2, -1 << 63


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = TABLE[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    return crc ^ 0xFFFFFFFF


TABLE = []
for entry in range(256):
    for _ in range(8):
        entry = (entry >> 1) ^ (0x82F63B78 if entry & 1 else 0)
    TABLE.append(entry)


def frame(template, layout, *fields):
    block = struct.pack("<" + layout, *fields)
    message = struct.pack("<HHHH", len(block), template, SCHEMA, 1) + block
    return struct.pack("<ii", len(message), 0) + message + bytes(-len(message) % 8)


class Blocks:
    """Blocks one behind the other; each names the checksum of the one before."""

    def __init__(self, out):
        self.out, self.events, self.checksum, self.number, self.last = out, 0, 0, 0, 0

    def write(self, frames, kind=EVENTS):
        payload, first = b"".join(frames), self.last + (1 if frames else 0)
        self.last += len(frames)
        header = struct.pack("<4sbbhHHiqqqiIii", b"LQMB", kind, 1, 64, SCHEMA, 1, len(frames), self.events,
                             first, self.last, len(payload), self.checksum, self.number, 0)
        checksum = crc32c(header + payload)
        self.out.write(header + struct.pack("<II", checksum, 0) + payload)
        self.out.flush()
        self.checksum, self.events, self.number = checksum, self.events + len(frames), self.number + 1


def messages(count):
    """One instrument: prices in cents, quantities in thousandths."""
    now = time.time_ns()
    yield frame(1, "qqqibbBBqqqB32s12s12s12s", 1, now, now, 0, -2, -3, 1, 1, 10, 1, 1000, 1,
                b"BTCUSDT", b"BTC", b"USDT", b"own")
    yield frame(4, "qqqqqqqib", 2, now, now, 6_000_000, NONE, NONE, 0, 0, -2)
    yield frame(3, "qqqqib", 3, now, now, 75_000_000, 0, -3)
    for n in range(4, count + 1):
        at, price = now + n * 1_000_000, 6_000_000 + n % 7 * 10
        yield frame(2, "qqqqqibbB", n, at, at, price, 1_500, 0, -2, -3, BUY if n % 2 else SELL)


if __name__ == "__main__":
    blocks = Blocks(sys.stdout.buffer)
    batch = []
    for message in messages(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000):
        batch.append(message)
        if len(batch) == 100:
            blocks.write(batch)
            batch = []
    if batch:
        blocks.write(batch)
    blocks.write([], END)
