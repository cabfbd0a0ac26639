package io.liqmap.gateway.sbe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.liqmap.gateway.venue.FrameOutcome;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for each kind of message. */
final class SbeDecoderTest {
  private static final int HEADER = 8;
  private static final int VERSION = 6;
  private static final int TEXT = 8;

  private final RecordedMarket market = new RecordedMarket();

  /** A message of two trades, or of a book. */
  @SuppressWarnings("ArrayRecordComponent") // Nothing compares them.
  record Sample(
      String name,
      Supplier<SbeDecoder> decoders,
      byte[] message,
      int blockLength,
      int groupHeader,
      int itemLength,
      boolean hasItemText,
      int unusedTemplate) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Sample> samples() {
    final List<VenueMessages.Trade> trades =
        List.of(
            new VenueMessages.Trade(71, VenueMessages.MICROS, 6_000_010, 1_500, 1),
            new VenueMessages.Trade(72, VenueMessages.MICROS + 1, 6_000_000, 2_500, 1));
    final Supplier<SbeDecoder> binance =
        () ->
            new BinanceSpotDecoder(List.of(VenueMessages.instrument(0, "BTCUSDT", -2, -3, 10, 1)));
    final Supplier<SbeDecoder> bybit =
        () -> new BybitTradeDecoder(List.of(VenueMessages.instrument(0, "BTCUSDT", -2, -3, 10, 1)));
    return Stream.of(
        new Sample(
            "Binance trades",
            binance,
            VenueMessages.binanceTrades("BTCUSDT", VenueMessages.MICROS, -2, -3, trades),
            18,
            6,
            25,
            false,
            10_002),
        new Sample(
            "Binance book",
            binance,
            VenueMessages.binanceBook(
                "BTCUSDT", VenueMessages.MICROS, 7, -2, -3, 6_000_000, 5, 6_000_010, 9),
            50,
            0,
            0,
            false,
            10_003),
        new Sample(
            "Bybit trades",
            bybit,
            VenueMessages.bybitTrades("BTCUSDT", 2, 3, trades),
            10,
            4,
            35,
            true,
            20_001));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldRefuseAMessageThatIsCutAnywhere(final Sample sample) {
    final SbeDecoder decoder = sample.decoders().get();
    for (int length = 0; length < sample.message().length; length++) {
      assertEquals(FrameOutcome.INVALID, decode(decoder, cut(sample, length)), "cut at " + length);
      assertEquals(List.of(), market.take());
    }
    assertDecodesAsIfFirst(sample, decoder);
  }

  /** What follows in the buffer isn't read: it looks like more of the message. */
  @ParameterizedTest
  @MethodSource("samples")
  void shouldNotReadBeyondTheLength(final Sample sample) {
    final SbeDecoder decoder = sample.decoders().get();
    final UnsafeBuffer whole = new UnsafeBuffer(sample.message());
    for (int length = 0; length < sample.message().length; length++) {
      assertEquals(FrameOutcome.INVALID, decoder.decode(whole, 0, length, market));
      assertEquals(List.of(), market.take());
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldRefuseARegionThatIsNotInTheBuffer(final Sample sample) {
    final SbeDecoder decoder = sample.decoders().get();
    final UnsafeBuffer buffer = new UnsafeBuffer(sample.message());
    final int length = sample.message().length;
    assertEquals(FrameOutcome.INVALID, decoder.decode(buffer, 1, length, market));
    assertEquals(FrameOutcome.INVALID, decoder.decode(buffer, -1, length, market));
    assertEquals(FrameOutcome.INVALID, decoder.decode(buffer, length, 8, market));
    assertEquals(FrameOutcome.INVALID, decoder.decode(buffer, Integer.MAX_VALUE, 8, market));
    assertEquals(FrameOutcome.INVALID, decoder.decode(buffer, 0, Integer.MAX_VALUE, market));
    assertEquals(FrameOutcome.INVALID, decoder.decode(buffer, 0, -1, market));
    assertDecodesAsIfFirst(sample, decoder);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldDecodeFromAnyPlaceInABuffer(final Sample sample) {
    final List<String> expected = decoded(sample.decoders().get(), sample.message());
    for (final int offset : new int[] {1, 3, 64}) {
      final UnsafeBuffer buffer =
          new UnsafeBuffer(ByteBuffer.allocateDirect(offset + sample.message().length + 5));
      buffer.putBytes(offset, sample.message());
      assertEquals(
          FrameOutcome.MARKET,
          sample.decoders().get().decode(buffer, offset, sample.message().length, market));
      assertEquals(expected, market.take());
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldTellOtherSchemasAndTemplatesApart(final Sample sample) {
    final SbeDecoder decoder = sample.decoders().get();
    assertEquals(FrameOutcome.UNKNOWN, decode(decoder, with(sample, 4, (short) 3)));
    assertEquals(FrameOutcome.UNKNOWN, decode(decoder, with(sample, 4, (short) 0)));
    assertEquals(FrameOutcome.UNKNOWN, decode(decoder, with(sample, 2, (short) 1)));
    assertEquals(
        FrameOutcome.NOT_USED, decode(decoder, with(sample, 2, (short) sample.unusedTemplate())));
    assertEquals(List.of(), market.take());
    assertDecodesAsIfFirst(sample, decoder);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldSkipInstrumentsThatItWasNotMadeFor(final Sample sample) {
    final SbeDecoder decoder = sample.decoders().get();
    final byte[] other = sample.message().clone();
    other[other.length - 1] = 'C';
    assertEquals(FrameOutcome.NOTHING_NEW, decode(decoder, other));
    assertEquals(List.of(), market.take());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldRefuseLengthsThatDoNotAddUp(final Sample sample) {
    final SbeDecoder decoder = sample.decoders().get();
    for (final int wrong : new int[] {-1, 1, 7, 255, 65_535}) {
      assertRefused(decoder, sample, 0, Short.BYTES, wrong);
      assertRefused(decoder, sample, sample.message().length - TEXT, 1, wrong);
      if (sample.groupHeader() > 0) {
        final int group = HEADER + sample.blockLength();
        assertRefused(decoder, sample, group, Short.BYTES, wrong);
        assertRefused(decoder, sample, group + 2, sample.groupHeader() - 2, wrong);
      }
      if (sample.hasItemText()) {
        final int text = HEADER + sample.blockLength() + sample.groupHeader() + sample.itemLength();
        assertRefused(decoder, sample, text, 1, wrong);
      }
    }
    for (int length = 0; length < sample.blockLength(); length++) {
      assertEquals(FrameOutcome.INVALID, decode(decoder, with(sample, 0, (short) length)));
    }
    assertDecodesAsIfFirst(sample, decoder);
  }

  /** Counts of 0, of 2³¹ and of all ones, with lengths of items that would make some fit. */
  @ParameterizedTest
  @MethodSource("samples")
  void shouldRefuseCountsThatTheMessageDoesNotHold(final Sample sample) {
    final SbeDecoder decoder = sample.decoders().get();
    if (sample.groupHeader() > 0) {
      final int group = HEADER + sample.blockLength();
      for (final long count :
          new long[] {0, 1, 3, 0x7FFF, 0x8000, 0xFFFF, 1L << 31, 0xFFFF_FFFFL}) {
        for (final int itemLength : new int[] {0, 1, sample.itemLength(), 0xFFFF}) {
          final byte[] message = sample.message().clone();
          put(message, group, Short.BYTES, itemLength);
          put(message, group + 2, sample.groupHeader() - 2, count);
          assertEquals(FrameOutcome.INVALID, decode(decoder, message));
        }
      }
      assertEquals(List.of(), market.take());
    }
    assertDecodesAsIfFirst(sample, decoder);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldReadANewerVersionThatAppends(final Sample sample) {
    final List<String> expected = decoded(sample.decoders().get(), sample.message());
    for (final int more : new int[] {1, 8, 300}) {
      final byte[] newer = resized(sample, more, more);
      put(newer, VERSION, Short.BYTES, 1);
      assertEquals(expected, decoded(sample.decoders().get(), newer));
      final byte[] appended = Arrays.copyOf(newer, newer.length + more);
      assertEquals(expected, decoded(sample.decoders().get(), appended));
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldRefuseBlocksThatHoldLessThanTheKnownFields(final Sample sample) {
    final SbeDecoder decoder = sample.decoders().get();
    assertEquals(FrameOutcome.INVALID, decode(decoder, resized(sample, -1, 0)));
    if (sample.groupHeader() > 0) {
      assertEquals(FrameOutcome.INVALID, decode(decoder, resized(sample, 0, -1)));
    }
    assertEquals(List.of(), market.take());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldRefuseBytesBehindTheKnownVersion(final Sample sample) {
    final SbeDecoder decoder = sample.decoders().get();
    final byte[] appended = Arrays.copyOf(sample.message(), sample.message().length + 1);
    assertEquals(FrameOutcome.INVALID, decode(decoder, appended));
    assertEquals(List.of(), market.take());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldSendARepeatedMessageOnce(final Sample sample) {
    final SbeDecoder decoder = sample.decoders().get();
    assertFalse(decoded(decoder, sample.message()).isEmpty());
    assertEquals(FrameOutcome.NOTHING_NEW, decode(decoder, sample.message()));
    assertEquals(List.of(), market.take());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldThrowNothingWhateverBytesAreChanged(final Sample sample) {
    final SplittableRandom random = new SplittableRandom(17);
    final SbeDecoder decoder = sample.decoders().get();
    for (int round = 0; round < 20_000; round++) {
      final byte[] message =
          Arrays.copyOf(sample.message(), sample.message().length - random.nextInt(3));
      for (int i = random.nextInt(4); i >= 0; i--) {
        message[random.nextInt(message.length)] = (byte) random.nextInt();
      }
      if (decode(decoder, message) != FrameOutcome.MARKET) {
        assertEquals(List.of(), market.take());
      }
      market.take();
    }
  }

  private void assertRefused(
      final SbeDecoder decoder,
      final Sample sample,
      final int offset,
      final int bytes,
      final int more) {
    final byte[] message = sample.message().clone();
    put(message, offset, bytes, get(message, offset, bytes) + more);
    if (!Arrays.equals(message, sample.message())) {
      assertEquals(FrameOutcome.INVALID, decode(decoder, message), offset + " by " + more);
      assertEquals(List.of(), market.take());
    }
  }

  /** What was refused before has left no trace. */
  private void assertDecodesAsIfFirst(final Sample sample, final SbeDecoder decoder) {
    market.take();
    assertEquals(
        decoded(sample.decoders().get(), sample.message()), decoded(decoder, sample.message()));
  }

  private List<String> decoded(final SbeDecoder decoder, final byte[] message) {
    assertEquals(FrameOutcome.MARKET, decode(decoder, message));
    return market.take();
  }

  private FrameOutcome decode(final SbeDecoder decoder, final byte[] message) {
    return decoder.decode(new UnsafeBuffer(message), 0, message.length, market);
  }

  private static byte[] cut(final Sample sample, final int length) {
    return Arrays.copyOf(sample.message(), length);
  }

  private static byte[] with(final Sample sample, final int offset, final short value) {
    final byte[] message = sample.message().clone();
    put(message, offset, Short.BYTES, value);
    return message;
  }

  /** The same message with longer or shorter blocks. */
  private static byte[] resized(final Sample sample, final int more, final int moreOfItem) {
    final ByteBuffer from = ByteBuffer.wrap(sample.message());
    final ByteBuffer to = ByteBuffer.allocate(from.capacity() + 1_000);
    copy(from, to, HEADER + sample.blockLength());
    resize(to, more);
    if (sample.groupHeader() > 0) {
      final int group = to.position();
      copy(from, to, sample.groupHeader());
      final long count = get(to.array(), group + 2, sample.groupHeader() - 2);
      for (int i = 0; i < count; i++) {
        copy(from, to, sample.itemLength());
        resize(to, moreOfItem);
        if (sample.hasItemText()) {
          copy(from, to, 1 + from.get(from.position()));
        }
      }
      put(to.array(), group, Short.BYTES, sample.itemLength() + moreOfItem);
    }
    copy(from, to, from.remaining());
    put(to.array(), 0, Short.BYTES, sample.blockLength() + more);
    return Arrays.copyOf(to.array(), to.position());
  }

  private static void copy(final ByteBuffer from, final ByteBuffer to, final int length) {
    to.put(from.slice(from.position(), length));
    from.position(from.position() + length);
  }

  private static void resize(final ByteBuffer to, final int more) {
    if (more > 0) {
      for (int i = 0; i < more; i++) {
        to.put(to.position() + i, (byte) 0x77);
      }
    }
    to.position(to.position() + more);
  }

  private static long get(final byte[] message, final int offset, final int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (message[offset + i] & 0xFFL) << (8 * i);
    }
    return value;
  }

  private static void put(
      final byte[] message, final int offset, final int bytes, final long value) {
    final ByteBuffer little = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    System.arraycopy(little.putLong(0, value).array(), 0, message, offset, bytes);
  }
}
