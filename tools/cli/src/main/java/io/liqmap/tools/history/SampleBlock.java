package io.liqmap.tools.history;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Up to {@link #MOST} samples, packed: in memory as in the file. Immutable, for any thread.
 *
 * <p>From one column to the next most buckets change by one factor, as positions close in
 * proportion. So a side is kept as what is left of its floats' bits after the column before, times
 * the median of such factors; and the bytes of equal weight lie together, which deflates well.
 *
 * <pre>
 *   deflated: sample │ sample │ …
 *   sample:   i64 time │ i64 sequence │ f64 open, high, low, close, mark, open interest │ longs │ shorts
 *   side:     i32 lowest bucket │ i32 buckets n │ f32 factor │ 4 · u8[n] rest, the highest bytes first
 *   little-endian; rest: zigzag of bits − bits of (float) (factor · the bucket's float before)
 * </pre>
 */
final class SampleBlock {
  /** Most samples of a block. */
  static final int MOST = 64;

  /** Most buckets of a side: more than any lattice has. */
  private static final int MOST_BUCKETS = 1 << 20;

  private static final int MOST_BYTES = 1 << 30;
  private static final int HEAD = 64;
  private static final int SIDE_HEAD = 12;
  private static final int PROBES = 33;

  private final byte[] packed;
  private final int length;
  private final int count;
  private final long firstTime;
  private final long lastTime;
  private final long lastSequence;

  private SampleBlock(
      final byte[] packed,
      final int length,
      final int count,
      final long firstTime,
      final long lastTime,
      final long lastSequence) {
    this.packed = packed;
    this.length = length;
    this.count = count;
    this.firstTime = firstTime;
    this.lastTime = lastTime;
    this.lastSequence = lastSequence;
  }

  /** Packs samples, 1 to {@link #MOST}. */
  static SampleBlock of(final List<Sample> samples) {
    int size = 0;
    for (final Sample sample : samples) {
      size += HEAD + 2 * SIDE_HEAD + 4 * (sample.longs.length + sample.shorts.length);
    }
    final ByteBuffer raw = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    Sample before = null;
    for (final Sample sample : samples) {
      raw.putLong(sample.time).putLong(sample.sequence);
      for (final double price : sample.prices()) {
        raw.putDouble(price);
      }
      put(
          raw,
          sample.firstLong,
          sample.longs,
          before == null ? null : before.longs,
          before == null ? 0 : before.firstLong);
      put(
          raw,
          sample.firstShort,
          sample.shorts,
          before == null ? null : before.shorts,
          before == null ? 0 : before.firstShort);
      before = sample;
    }
    return new SampleBlock(
        deflated(raw.array()),
        size,
        samples.size(),
        samples.get(0).time,
        samples.get(samples.size() - 1).time,
        samples.get(samples.size() - 1).sequence);
  }

  private static byte[] deflated(final byte[] raw) {
    final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    try {
      deflater.setInput(raw);
      deflater.finish();
      byte[] packed = new byte[Math.max(64, raw.length / 2)];
      int used = 0;
      while (!deflater.finished()) {
        if (used == packed.length) {
          packed = Arrays.copyOf(packed, 2 * packed.length);
        }
        used += deflater.deflate(packed, used, packed.length - used);
      }
      return Arrays.copyOf(packed, used);
    } finally {
      deflater.end();
    }
  }

  private static void put(
      final ByteBuffer raw,
      final int first,
      final float[] side,
      final float[] before,
      final int firstBefore) {
    final int count = side.length;
    final float factor = factor(first, side, before, firstBefore);
    raw.putInt(first).putInt(count).putFloat(factor);
    final int start = raw.position();
    for (int i = 0; i < count; i++) {
      final int rest =
          Float.floatToIntBits(side[i])
              - Float.floatToIntBits(expected(factor, before, first + i - firstBefore));
      final int zigzag = (rest << 1) ^ (rest >> 31);
      raw.put(start + i, (byte) (zigzag >>> 24));
      raw.put(start + count + i, (byte) (zigzag >>> 16));
      raw.put(start + 2 * count + i, (byte) (zigzag >>> 8));
      raw.put(start + 3 * count + i, (byte) zigzag);
    }
    raw.position(start + 4 * count);
  }

  private static float expected(final float factor, final float[] before, final int at) {
    return before != null && at >= 0 && at < before.length ? factor * before[at] : 0;
  }

  /** Median of some buckets' change, 0 without any. */
  private static float factor(
      final int first, final float[] side, final float[] before, final int firstBefore) {
    if (before == null) {
      return 0;
    }
    final float[] ratios = new float[PROBES];
    int found = 0;
    for (int probe = 0; probe < PROBES; probe++) {
      final int i = (int) ((long) side.length * probe / PROBES);
      final int at = first + i - firstBefore;
      if (i < side.length && at >= 0 && at < before.length && before[at] > 0 && side[i] > 0) {
        ratios[found++] = side[i] / before[at];
      }
    }
    Arrays.sort(ratios, 0, found);
    return found == 0 ? 0 : ratios[found / 2];
  }

  /**
   * Takes packed bytes that were read.
   *
   * @throws DataFormatException if they aren't such a block
   */
  static SampleBlock read(final byte[] packed, final int length, final int count)
      throws DataFormatException {
    if (count < 1
        || count > MOST
        || length < count * (HEAD + 2 * SIDE_HEAD)
        || length > MOST_BYTES) {
      throw new DataFormatException("a block of " + count + " samples in " + length + " bytes");
    }
    final SampleBlock unchecked = new SampleBlock(packed, length, count, 0, 0, 0);
    final List<Sample> samples = unchecked.unpack();
    for (int i = 1; i < count; i++) {
      if (samples.get(i).time <= samples.get(i - 1).time) {
        throw new DataFormatException("times that don't rise");
      }
    }
    return new SampleBlock(
        packed,
        length,
        count,
        samples.get(0).time,
        samples.get(count - 1).time,
        samples.get(count - 1).sequence);
  }

  /** Unpacks a block that was made here or has been checked. */
  List<Sample> samples() {
    try {
      return unpack();
    } catch (final DataFormatException e) {
      throw new IllegalStateException("a block that was whole: " + e.getMessage(), e);
    }
  }

  private List<Sample> unpack() throws DataFormatException {
    final byte[] raw = inflated();
    final ByteBuffer in = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
    final List<Sample> samples = new ArrayList<>(count);
    Sample before = null;
    for (int i = 0; i < count; i++) {
      require(in, HEAD);
      final long time = in.getLong();
      final long sequence = in.getLong();
      final double[] prices = new double[6];
      for (int price = 0; price < prices.length; price++) {
        prices[price] = in.getDouble();
      }
      require(in, SIDE_HEAD);
      final int firstLong = in.getInt();
      final float[] longs =
          side(
              in,
              firstLong,
              before == null ? null : before.longs,
              before == null ? 0 : before.firstLong);
      require(in, SIDE_HEAD);
      final int firstShort = in.getInt();
      final float[] shorts =
          side(
              in,
              firstShort,
              before == null ? null : before.shorts,
              before == null ? 0 : before.firstShort);
      before = new Sample(time, sequence, prices, firstLong, longs, firstShort, shorts);
      samples.add(before);
    }
    if (in.hasRemaining()) {
      throw new DataFormatException("bytes after the samples");
    }
    return samples;
  }

  private byte[] inflated() throws DataFormatException {
    final Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(packed);
      // Grows with what is there, so that a wrong length costs nothing.
      byte[] raw = new byte[Math.min(length, 64 + 8 * packed.length)];
      int used = 0;
      while (used < length) {
        if (used == raw.length) {
          raw = Arrays.copyOf(raw, (int) Math.min(length, 4L * raw.length));
        }
        final int read = inflater.inflate(raw, used, raw.length - used);
        if (read == 0) {
          throw new DataFormatException("ends after " + used + " of " + length + " bytes");
        }
        used += read;
      }
      return raw;
    } finally {
      inflater.end();
    }
  }

  private static float[] side(
      final ByteBuffer in, final int first, final float[] before, final int firstBefore)
      throws DataFormatException {
    final int count = in.getInt();
    final float factor = in.getFloat();
    if (count < 0 || count > MOST_BUCKETS || first < 0 || first > MOST_BUCKETS) {
      throw new DataFormatException("buckets from " + first + ", " + count + " of them");
    }
    require(in, 4 * count);
    final int start = in.position();
    final float[] side = new float[count];
    for (int i = 0; i < count; i++) {
      final int zigzag =
          in.get(start + i) << 24
              | (in.get(start + count + i) & 0xFF) << 16
              | (in.get(start + 2 * count + i) & 0xFF) << 8
              | (in.get(start + 3 * count + i) & 0xFF);
      final int rest = (zigzag >>> 1) ^ -(zigzag & 1);
      side[i] =
          Float.intBitsToFloat(
              rest + Float.floatToIntBits(expected(factor, before, first + i - firstBefore)));
    }
    in.position(start + 4 * count);
    return side;
  }

  private static void require(final ByteBuffer in, final int bytes) throws DataFormatException {
    if (in.remaining() < bytes) {
      throw new DataFormatException("ends within a sample");
    }
  }

  /** As in the file. */
  byte[] packed() {
    return packed;
  }

  /** Bytes when unpacked. */
  int length() {
    return length;
  }

  int count() {
    return count;
  }

  long firstTime() {
    return firstTime;
  }

  long lastTime() {
    return lastTime;
  }

  long lastSequence() {
    return lastSequence;
  }
}
