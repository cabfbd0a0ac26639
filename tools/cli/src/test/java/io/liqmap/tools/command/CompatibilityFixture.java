package io.liqmap.tools.command;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFileWriter;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.engine.support.RealData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes what {@link CompatibilityTest} reads for ever: a feed of a linear and an inverse instrument
 * with every kind of message, gap and interruption, the journal of two runs over it, and what the
 * commands say of them.
 *
 * <p>What is kept is never made again; formats that change get a file of their own.
 */
final class CompatibilityFixture {
  static final String FEED = "market.feed";
  static final String JOURNAL = "journal";

  private static final String SETTINGS =
      """
      map.models = [blend, oi-delta]
      snapshot.interval = 10m
      """;

  private static final List<String> SYMBOLS = List.of("BTCUSDT", "BTCUSD");
  private static final long START = 1_722_859_200_000_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final long STEP = 5 * SECOND;
  private static final int STEPS = 720;
  private static final int RUN_ENDS_AT = 400;
  private static final int GAP_AT = 300;
  private static final Pattern PASSING = Pattern.compile("elapsedSeconds|eventsPerSecond");

  private final FeedEvent event = new FeedEvent();
  private final SplittableRandom random = new SplittableRandom(8);
  private final List<InstrumentDefinition> definitions;
  private final double[] price = {54_000, 54_010};
  private final double[] openInterest = {80_000, 900_000_000};
  private long sequence;

  private CompatibilityFixture() throws IOException {
    definitions =
        LiqmapConfig.load(null, RealData.root().resolve("config")).instruments().stream()
            .filter((one) -> SYMBOLS.contains(one.symbol()))
            .sorted(Comparator.comparing((one) -> SYMBOLS.indexOf(one.symbol())))
            .toList();
  }

  /**
   * Makes the file that is kept.
   *
   * @param target a new file
   * @param work an empty folder
   */
  static void make(final Path target, final Path work) throws IOException {
    final Path kept = Files.createDirectory(work.resolve("kept"));
    final Path begun = work.resolve("begun.feed");
    new CompatibilityFixture().write(begun, RUN_ENDS_AT);
    new CompatibilityFixture().write(kept.resolve(FEED), STEPS);
    run(begun, kept.resolve(JOURNAL), work, "");
    run(kept.resolve(FEED), kept.resolve(JOURNAL), work, "");
    for (final Map.Entry<String, String> question : questions().entrySet()) {
      Files.writeString(
          kept.resolve(question.getKey()), answer(question.getValue(), kept.resolve(JOURNAL)));
    }
    zip(kept, target);
  }

  /** Commands whose answers are kept, by the name of the file that keeps them. */
  static Map<String, String> questions() {
    return Map.of(
        "verify.json", "verify --json",
        "replay.json", "replay --json",
        "replay-from-snapshot.json", "replay --from snapshot --json",
        "map-linear.json", "map --symbol BTCUSDT --format json",
        "map-inverse.json", "map --symbol BTCUSD --at 2024-08-05T12:30:00Z --format json",
        "ask.json", "ask --symbol BTCUSDT --json largest --n 3");
  }

  /** What a command says of a journal, without how long it took. */
  static String answer(final String question, final Path journal) {
    final List<Object> words = new ArrayList<>(List.of(question.split(" ", -1)));
    words.add(1, "--journal");
    words.add(2, journal);
    return Cli.run(words.toArray())
        .done()
        .out()
        .lines()
        .filter((line) -> !PASSING.matcher(line).find())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /**
   * Runs the engine.
   *
   * @param then settings that were the defaults when the file was made
   */
  static void run(final Path feed, final Path journal, final Path work, final String then)
      throws IOException {
    final Path settings = Files.writeString(work.resolve("my.conf"), then + SETTINGS);
    Cli.run("run", "--feed", feed, "--journal", journal, "--config", settings, "--mode", "inline")
        .done();
  }

  private static void zip(final Path folder, final Path target) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(target));
        Stream<Path> files = Files.walk(folder)) {
      zip.setLevel(9);
      for (final Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
        Files.copy(file, zip);
      }
    }
  }

  private void write(final Path file, final int steps) throws IOException {
    try (FeedFileWriter writer = new FeedFileWriter(file)) {
      for (final InstrumentDefinition definition : definitions) {
        event.instrument(++sequence, START, START, definition);
        writer.write(event);
      }
      for (int step = 0; step < steps; step++) {
        final long time = START + step * STEP;
        for (int i = 0; i < SYMBOLS.size(); i++) {
          write(writer, definitions.get(i), i, step, time);
        }
        event.heartbeat(++sequence, time, time);
        writer.write(event);
        sequence += step == GAP_AT ? 3 : 0;
      }
      writer.complete();
    }
  }

  /** A market that wanders, and falls by a thirtieth in the middle. */
  private void write(
      final FeedFileWriter writer,
      final InstrumentDefinition of,
      final int i,
      final int step,
      final long time)
      throws IOException {
    final boolean isFalling = step > 350 && step < 370;
    price[i] *= 1 + (isFalling ? -0.0015 : (random.nextDouble() - 0.5) * 0.0008);
    openInterest[i] *= 1 + (isFalling ? -0.002 : (random.nextDouble() - 0.4) * 0.0004);
    final long mantissa = Math.round(price[i] * Math.pow(10, -of.priceExponent()));
    final double unit = Math.pow(10, -of.quantityExponent());
    for (int trade = 0; trade < 3; trade++) {
      final long quantity =
          Math.max(1, Math.round(random.nextDouble() * (i == 0 ? 9 : 90_000) * unit));
      event.trade(
          ++sequence,
          time,
          time + 1_000_000,
          of.id(),
          of.priceExponent(),
          of.quantityExponent(),
          mantissa + trade,
          quantity,
          random.nextInt(isFalling ? 5 : 2) == 0 ? FeedEvent.BUY : FeedEvent.SELL);
      writer.write(event);
    }
    event.markPrice(
        ++sequence,
        time,
        time,
        of.id(),
        of.priceExponent(),
        mantissa,
        step % 2 == 0 ? mantissa - 1 : FeedEvent.ABSENT,
        step % 4 == 0 ? 100_000 : FeedEvent.ABSENT,
        START + 14_400 * SECOND);
    writer.write(event);
    if (step % 6 == 0) {
      event.openInterest(
          ++sequence,
          time,
          time,
          of.id(),
          of.quantityExponent(),
          Math.round(openInterest[i] * unit));
      writer.write(event);
      event.bestBidOffer(
          ++sequence,
          time,
          time,
          of.id(),
          of.priceExponent(),
          of.quantityExponent(),
          mantissa - 1,
          5,
          mantissa + 1,
          7);
      writer.write(event);
    }
    if (isFalling) {
      event.liquidation(
          ++sequence,
          time,
          time,
          of.id(),
          of.priceExponent(),
          of.quantityExponent(),
          mantissa,
          Math.round((i == 0 ? 3 : 70_000) * unit),
          FeedEvent.LONG);
      writer.write(event);
    }
    if (step % 240 == 120) {
      event.interruption(++sequence, time, time, of.id(), 12, time - STEP);
      writer.write(event);
    }
    if (step % 30 == 0) {
      knownPosition(of, i, step, time, mantissa);
      writer.write(event);
    }
    if (step % 60 == 0) {
      event.accountRatio(++sequence, time, time, of.id(), 1_300_000_000L + step);
      writer.write(event);
    }
  }

  /** Of five accounts, each of which closes now and then, and one of which is never liquidated. */
  private void knownPosition(
      final InstrumentDefinition of,
      final int i,
      final int step,
      final long time,
      final long mantissa) {
    final int account = step / 30 % 5;
    event.knownPosition(
        ++sequence,
        time,
        time,
        of.id(),
        of.priceExponent(),
        of.quantityExponent(),
        account,
        step / 150 % 4 == 3
            ? 0
            : Math.round(
                (1 + account) * (i == 0 ? 3 : 70_000) * Math.pow(10, -of.quantityExponent())),
        mantissa,
        account == 4 ? FeedEvent.ABSENT : mantissa / 100 * (account % 2 == 0 ? 93 + account : 110),
        0,
        account * 500,
        account % 2 == 0 ? FeedEvent.LONG : FeedEvent.SHORT);
  }
}
