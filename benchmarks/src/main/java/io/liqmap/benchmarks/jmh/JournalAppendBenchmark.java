package io.liqmap.benchmarks.jmh;

import io.liqmap.benchmarks.flow.BenchmarkSettings;
import io.liqmap.benchmarks.flow.Folders;
import io.liqmap.benchmarks.flow.PriceWalk;
import io.liqmap.benchmarks.peer.DocumentAppender;
import io.liqmap.benchmarks.peer.MappedAppender;
import io.liqmap.codecs.feed.MessageHeaderEncoder;
import io.liqmap.engine.feed.Envelope;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.journal.JournalWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Appending trades to the journal, a batch of 64 KiB blocks an invocation, beside the parts of it.
 * Journals are new in each iteration and deleted after it, in java.io.tmpdir.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms512m", "-Xmx512m"})
@Warmup(iterations = 5, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 250, timeUnit = TimeUnit.MILLISECONDS)
public class JournalAppendBenchmark {
  private static final int EVENTS = 1 << 14;
  private static final int BLOCK_BYTES = 1 << 16;
  private static final int FRAME_LENGTH = 64;

  /** One slot, a trade with a new sequence each time. */
  @State(Scope.Thread)
  public static class Trades {
    private final PriceWalk walk = new PriceWalk(1, EVENTS, 30);
    private final FeedEvent slot = new FeedEvent();
    private long sequence;

    FeedEvent next(final int step) {
      slot.trade(
          ++sequence,
          BenchmarkSettings.START,
          BenchmarkSettings.START,
          0,
          BenchmarkSettings.PRICE_EXPONENT,
          BenchmarkSettings.QUANTITY_EXPONENT,
          walk.price(step),
          walk.quantity(step),
          walk.takerBuys(step) ? FeedEvent.BUY : FeedEvent.SELL);
      return slot;
    }
  }

  /** The journal as the engine keeps it. */
  @State(Scope.Thread)
  public static class Journal {
    private Path folder;
    private JournalWriter writer;

    @Setup(Level.Iteration)
    public void open() throws IOException {
      folder = Folders.temporary();
      writer =
          JournalWriter.create(
              folder, new JournalSettings(BLOCK_BYTES, 1 << 24), "settings of a benchmark");
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
      writer.close();
      Folders.delete(folder);
    }
  }

  /** A queue of a document to each event. */
  @State(Scope.Thread)
  public static class Documents {
    private Path folder;
    private DocumentAppender appender;

    @Setup(Level.Iteration)
    public void open() throws IOException {
      folder = Folders.temporary();
      appender = new DocumentAppender(folder);
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
      appender.close();
      Folders.delete(folder);
    }
  }

  /** Frames of trades, encoded beforehand. */
  @State(Scope.Thread)
  public static class Frames {
    private final UnsafeBuffer buffer =
        new UnsafeBuffer(ByteBuffer.allocateDirect(EVENTS * FRAME_LENGTH));
    private int length;

    @Setup
    public void encode() {
      final Trades trades = new Trades();
      final FeedEncoder encoder = new FeedEncoder();
      for (int step = 0; step < EVENTS; step++) {
        length += encoder.encode(trades.next(step), buffer, length);
      }
      if (length != EVENTS * FRAME_LENGTH) {
        throw new IllegalStateException(
            "a trade's frame isn't " + FRAME_LENGTH + " bytes any more");
      }
    }
  }

  /** A mapped file of frames one after the other. */
  @State(Scope.Thread)
  public static class MappedFile {
    private Path folder;
    private MappedAppender appender;

    @Setup(Level.Iteration)
    public void open() throws IOException {
      folder = Folders.temporary();
      appender = new MappedAppender(folder);
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
      appender.close();
      Folders.delete(folder);
    }
  }

  /** A block in memory. */
  @State(Scope.Thread)
  public static class Block {
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(Envelope.LENGTH + BLOCK_BYTES);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final FeedEncoder encoder = new FeedEncoder();
    private final Envelope envelope = new Envelope();
  }

  /** Events gathered into blocks, an envelope and a checksum to each, a document to each. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long journalWriter(final Trades trades, final Journal journal, final Block block)
      throws IOException {
    final int perBlock = BLOCK_BYTES / FRAME_LENGTH;
    for (int step = 0; step < EVENTS; step += perBlock) {
      int length = 0;
      for (int i = step; i < step + perBlock; i++) {
        length += block.encoder.encode(trades.next(i), block.buffer, length);
      }
      journal.writer.append(
          block.bytes.limit(length).position(0),
          perBlock,
          trades.sequence - perBlock + 1,
          trades.sequence);
    }
    return journal.writer.events();
  }

  /** A document to each event's frame as it came: nothing encoded, no envelope, no checksum. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public DocumentAppender documentPerEvent(final Frames frames, final Documents documents) {
    for (int frame = 0; frame < frames.length; frame += FRAME_LENGTH) {
      documents.appender.append(frames.buffer, frame, FRAME_LENGTH);
    }
    return documents.appender;
  }

  /** The same frames one after the other in a mapped file. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public MappedAppender mappedFile(final Frames frames, final MappedFile file) throws IOException {
    for (int frame = 0; frame < frames.length; frame += FRAME_LENGTH) {
      file.appender.append(frames.buffer, frame, FRAME_LENGTH);
    }
    return file.appender;
  }

  /** Blocks with envelope and checksum that go nowhere. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public int envelopeAlone(final Trades trades, final Block block) {
    int length = 0;
    int count = 0;
    for (int step = 0; step < EVENTS; step++) {
      if (length + FeedEncoder.MAX_FRAME_LENGTH > BLOCK_BYTES) {
        close(block, trades.sequence, count, length);
        length = 0;
        count = 0;
      }
      length += block.encoder.encode(trades.next(step), block.buffer, Envelope.LENGTH + length);
      count++;
    }
    close(block, trades.sequence, count, length);
    return block.envelope.checksum();
  }

  private static void close(
      final Block block, final long sequence, final int count, final int length) {
    block.envelope.set(
        Envelope.EVENTS,
        MessageHeaderEncoder.SCHEMA_ID,
        MessageHeaderEncoder.SCHEMA_VERSION,
        count,
        sequence,
        sequence,
        sequence,
        length);
    block.envelope.write(block.buffer, block.bytes, 0, 0, block.envelope.checksum());
  }

  /** Events encoded into a block, and nothing else. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public UnsafeBuffer encodeAlone(final Trades trades, final Block block) {
    int length = 0;
    for (int step = 0; step < EVENTS; step++) {
      if (length + FeedEncoder.MAX_FRAME_LENGTH > BLOCK_BYTES) {
        length = 0;
      }
      length += block.encoder.encode(trades.next(step), block.buffer, length);
    }
    return block.buffer;
  }
}
