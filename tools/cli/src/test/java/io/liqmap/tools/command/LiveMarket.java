package io.liqmap.tools.command;

import io.liqmap.gateway.connection.Await;
import io.liqmap.gateway.connection.MockMarket;
import io.liqmap.gateway.connection.VenueStatus;
import io.liqmap.gateway.connection.VenuesFile;
import io.liqmap.gateway.feed.VenueCounter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** {@code live} on venues of loopback, in one folder. */
final class LiveMarket implements AutoCloseable {
  static final String ALL = "binance-usdm,bybit,okx,hyperliquid";

  /** Two instruments of each venue, an inverse one among them. */
  static final String SYMBOLS =
      "BTCUSDT,bybit:BTCUSD,okx:BTC-USDT-SWAP,okx:BTC-USD-SWAP,hyperliquid:BTC,hyperliquid:ETH";

  /**
   * Streams of these: 4 of Binance, 3 of each of Bybit's and Hyperliquid's, 6 of OKX's, and one.
   */
  static final int STREAMS = 4 + 2 * 3 + 2 * 6 + 1 + 2 * 3;

  private final Path folder;
  private final MockMarket market;
  private final long rounds;
  private volatile long began;

  /** Begins with so many frames of each stream. */
  LiveMarket(final Path folder, final long rounds) throws IOException {
    this.folder = folder;
    this.rounds = rounds;
    market = new MockMarket(rounds);
  }

  MockMarket market() {
    return market;
  }

  Path journal() {
    return folder.resolve("journal");
  }

  Path recording() {
    return folder.resolve("recording");
  }

  /** Words of the command. */
  List<Object> command(final String venues, final String symbols, final Object... more)
      throws IOException {
    final List<Object> words =
        new ArrayList<>(
            List.of(
                "live",
                "--venue",
                venues,
                "--symbols",
                symbols,
                "--connections",
                market.connections(folder.resolve("connections.conf")),
                "--journal",
                journal()));
    words.addAll(Arrays.asList(more));
    return words;
  }

  /** Runs it until these streams have sent all, and the engine has it. */
  Cli.Ran run(final List<Object> command, final int streams) throws Exception {
    return run(command, () -> hasAll(streams));
  }

  private Cli.Ran run(final List<Object> command, final BooleanSupplier isDone) throws Exception {
    began = System.currentTimeMillis();
    final Thread running = Thread.currentThread();
    final AtomicBoolean isOver = new AtomicBoolean();
    final Thread watching =
        new Thread(
            () -> {
              Await.until("the end of the session", () -> isOver.get() || isDone.getAsBoolean());
              running.interrupt();
            });
    watching.start();
    try {
      return Cli.run(command.toArray());
    } finally {
      isOver.set(true);
      // The interrupt may still be there.
      Thread.interrupted();
      watching.join();
      Thread.interrupted();
    }
  }

  private boolean hasAll(final int streams) {
    return market.hasPlayed(streams)
        && status().stream().mapToLong((it) -> it.of(VenueCounter.FRAMES)).sum()
            >= streams * rounds;
  }

  /** Whether the engine has every frame and answer that the venues have sent so far. */
  boolean hasEverything() {
    final List<VenueStatus> now = status();
    return now.size() == ALL.split(",", -1).length
        && now.stream().allMatch((it) -> it.of(VenueCounter.FRAMES) == market.sent(it.venue()));
  }

  /** How the venues are in the engine's words; none before they are known. */
  List<VenueStatus> status() {
    try {
      return VenuesFile.read(journal().resolve(VenuesFile.NAME), began);
    } catch (final IOException e) {
      // Not yet there, or just being written.
      return List.of();
    }
  }

  /** The state that the import of the recording comes to, with the first session's settings. */
  Object importedHash() throws IOException {
    final Path feed = folder.resolve("imported.feed");
    Cli.run("import", "--format", "venue-frames", "--out", feed, recording()).done();
    return Cli.run(
            "run",
            "--feed",
            feed,
            "--journal",
            folder.resolve("imported"),
            "--config",
            session(),
            "--json")
        .done()
        .json()
        .get("stateHash");
  }

  /** Whether there is a recording of each venue. */
  boolean areAllRecorded() {
    return Stream.of(ALL.split(",", -1)).allMatch((venue) -> bytesOf(venue + "-") > 0);
  }

  long recordedBytes() {
    return bytesOf("");
  }

  private long bytesOf(final String prefix) {
    final String[] names =
        recording().toFile().list((in, name) -> name.startsWith(prefix) && name.endsWith(".gz"));
    return names == null
        ? 0
        : Stream.of(names).mapToLong((it) -> recording().resolve(it).toFile().length()).sum();
  }

  private Path session() throws IOException {
    try (Stream<Path> all = Files.list(recording())) {
      return all.sorted()
          .filter((it) -> it.getFileName().toString().startsWith("session-"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Override
  public void close() throws IOException {
    market.close();
  }
}
