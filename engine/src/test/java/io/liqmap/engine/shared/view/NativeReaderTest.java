package io.liqmap.engine.shared.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.liqmap.engine.core.calibration.CalibrationStatus;
import io.liqmap.engine.core.map.MarketState;
import io.liqmap.engine.core.map.RandomMarket;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.support.ChildJvm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The reader in C, written from VIEW.md, sees the numbers that ours sees. */
@Tag("slow")
final class NativeReaderTest {
  private static final Path SOURCE =
      Path.of("..", "tools", "cli", "src", "main", "c", "liqmap_view.c");
  private static final long PAUSE_NANOS = 50_000;

  @TempDir private static Path built;

  @TempDir private Path folder;
  private ViewMarket market;
  private ViewMemory memory;
  private ViewReader reader;
  private final RandomMarket events = new RandomMarket(11, 1e-3, 40);

  @BeforeAll
  static void compile() throws Exception {
    final List<String> command = new ArrayList<>(List.of("cc"));
    command.addAll(List.of("-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-o"));
    command.addAll(List.of(binary(), SOURCE.toString(), "-lm"));
    final Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (final IOException e) {
      abort("no C compiler to build the reader with: " + e.getMessage());
      return;
    }
    final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }

  private static String binary() {
    return built.resolve("liqmap_view").toString();
  }

  @BeforeEach
  void open() throws IOException {
    memory = ViewMemory.create(file(), ViewMarket.settings(256, 64, 5));
    market = ViewMarket.ladder(memory, false);
    while (market.book.clusters().count() < 3 || Double.isNaN(market.map.openInterest())) {
      market.apply(events.next());
    }
    reader = new ViewReader(memory, 0);
  }

  private Path file() {
    return folder.resolve("view");
  }

  private Process start(final String... arguments) throws IOException {
    final List<String> command = new ArrayList<>(List.of(binary()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  private int exitOf(final String... arguments) throws Exception {
    final Process process = start(arguments);
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    return process.exitValue();
  }

  private Map<String, String> printed() throws IOException {
    final Map<String, String> values = new LinkedHashMap<>();
    for (final String line : Files.readAllLines(folder.resolve("out"))) {
      final int space = line.indexOf(' ');
      values.put(line.substring(0, space), line.substring(space + 1));
    }
    return values;
  }

  /** What the reader in C should print of the state that ours holds. */
  private Map<String, String> expected(final double low, final double high) {
    final Map<String, String> values = new LinkedHashMap<>();
    final Questions questions = new Questions(reader);
    values.put("publication", "" + reader.publication());
    values.put("sequence", "" + reader.sequence());
    values.put("time", "" + reader.time());
    values.put("mark", "" + reader.markPrice());
    values.put("open_interest", "" + reader.openInterest());
    values.put("coverage_long", "" + reader.coverage(Side.LONG));
    values.put("coverage_short", "" + reader.coverage(Side.SHORT));
    putSide(values, "_long", Side.LONG);
    putSide(values, "_short", Side.SHORT);
    values.put("quality", "" + reader.quality());
    values.put("max_pain", "" + reader.maxPain());
    values.put("max_pain_notional", "" + reader.maxPainNotional());
    values.put("max_pain_long", "" + reader.maxPain(Side.LONG));
    values.put("max_pain_short", "" + reader.maxPain(Side.SHORT));
    putMarket(values, reader.market());
    values.put("dispersion_long", "" + reader.dispersion(Side.LONG));
    values.put("dispersion_short", "" + reader.dispersion(Side.SHORT));
    values.put("low", "" + low);
    values.put("high", "" + high);
    values.put("notional_long", "" + questions.between(Side.LONG, low, high));
    values.put("notional_short", "" + questions.between(Side.SHORT, low, high));
    values.put("clusters", "" + reader.clusters());
    for (int i = 0; i < reader.clusters(); i++) {
      final String name = "cluster_" + i;
      values.put(name + "_id", "" + reader.clusterId(i));
      values.put(name + "_side", reader.clusterSide(i) == Side.LONG ? "long" : "short");
      values.put(name + "_state", "" + reader.clusterState(i).ordinal());
      values.put(name + "_born", "" + reader.clusterBorn(i));
      values.put(name + "_low", "" + reader.priceLow(reader.clusterLowBucket(i)));
      values.put(name + "_high", "" + reader.priceLow(reader.clusterHighBucket(i) + 1));
      values.put(name + "_peak", "" + questions.peak(i));
      values.put(name + "_notional", "" + reader.clusterNotional(i));
      for (int leverage = 0; leverage < reader.leverages(); leverage++) {
        values.put(
            name + "_at_" + (int) reader.leverage(leverage) + "x",
            "" + reader.clusterNotional(i, leverage));
      }
    }
    return values;
  }

  private void putSide(final Map<String, String> values, final String name, final Side side) {
    values.put("out_of_reach" + name, "" + reader.outOfReach(side));
    values.put("unmapped" + name, "" + reader.unmapped(side));
    values.put("calibration" + name, "" + CalibrationStatus.code(reader.calibration(side)));
    values.put("expected_over_realised" + name, "" + reader.expectedOverRealised(side));
    values.put("expected_over_realised_low" + name, "" + reader.expectedOverRealisedLow(side));
    values.put("expected_over_realised_high" + name, "" + reader.expectedOverRealisedHigh(side));
    values.put("scored_days" + name, "" + reader.scoredDays(side));
  }

  private static void putMarket(final Map<String, String> values, final ViewedMarket market) {
    values.put("settled_funding_rate", "" + market.settledFundingRate());
    values.put("settled_funding_time", "" + market.settledFundingTime());
    values.put("funding_rate", "" + market.fundingRate());
    values.put("funding_time", "" + market.fundingTime());
    values.put("next_funding_time", "" + market.nextFundingTime());
    values.put("funding_interval", "" + market.fundingIntervalNanos());
    values.put("basis_bps", "" + market.basisBps());
    values.put("mean_basis_bps", "" + market.meanBasisBps());
    values.put("basis_time", "" + market.basisTime());
    values.put("account_ratio", "" + market.accountRatio());
    values.put("account_ratio_time", "" + market.accountRatioTime());
    values.put("open_interest_time", "" + market.openInterestTime());
    for (int window = 0; window < ViewedMarket.WINDOWS; window++) {
      final String label = MarketState.label(window);
      values.put("since_" + label, "" + market.since(window));
      values.put("open_interest_change_" + label, "" + market.openInterestChange(window));
      values.put("open_interest_move_" + label, "" + market.openInterestMove(window));
      values.put("taker_flow_" + label, "" + market.takerFlow(window));
      values.put("taker_net_" + label, "" + market.takerNet(window));
    }
  }

  private static void compare(final Map<String, String> expected, final Map<String, String> found) {
    assertEquals(List.copyOf(expected.keySet()), List.copyOf(found.keySet()));
    expected.forEach((name, value) -> compare(name, value, found.get(name)));
  }

  private static void compare(final String name, final String expected, final String found) {
    if (!expected.contains(".") && !expected.equals("NaN")) {
      assertEquals(expected, found, name);
      return;
    }
    final double number = Double.parseDouble(expected);
    final double other = found.equals("nan") ? Double.NaN : Double.parseDouble(found);
    if (Double.isNaN(number)) {
      assertTrue(Double.isNaN(other), name);
      return;
    }
    // Two libraries' logarithms differ in the last bits.
    assertEquals(number, other, 1e-9 * Math.max(1, Math.abs(number)), name);
  }

  @Test
  @Timeout(90)
  void shouldSeeWhatTheJavaReaderSeesWhileTheWriterRuns() throws Exception {
    final double mark = market.map.markPrice() * .5;
    final double low = mark * .9;
    final double high = mark * 1.1;
    for (int round = 0; round < 5; round++) {
      market.publish();
      final Map<Long, Map<String, String>> published = new HashMap<>();
      final long awaited = market.sequence + 40;
      final Process process =
          start(
              file().toString(),
              ViewMarket.SYMBOL,
              "--low",
              "" + low,
              "--high",
              "" + high,
              "--wait",
              "" + awaited);
      while (process.isAlive()) {
        market.apply(events.next());
        market.publish();
        assertTrue(reader.refresh());
        published.put(reader.publication(), expected(low, high));
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      assertEquals(0, process.exitValue());
      final Map<String, String> found = printed();
      assertTrue(Long.parseLong(found.get("sequence")) >= awaited);
      compare(published.get(Long.parseLong(found.get("publication"))), found);
    }
  }

  @Test
  void shouldTakeTheWholeViewWithoutPrices() throws Exception {
    market.publish();
    assertTrue(reader.refresh());
    assertEquals(0, exitOf(file().toString(), ViewMarket.SYMBOL));
    final double low = reader.priceLow(reader.anchorBucket() + 1 - 256);
    final double high = reader.priceLow(reader.anchorBucket() + 256);
    compare(expected(low, high), printed());
    final double[] longs = reader.cumulative(Side.LONG);
    assertEquals(
        longs[longs.length - 1],
        Double.parseDouble(printed().get("notional_long")),
        1e-6 * longs[longs.length - 1]);
  }

  /** A writer that isn't this process, so that it can be stopped and killed. */
  private static Process startWriter(final Path view) throws Exception {
    final Process process =
        new ProcessBuilder(ChildJvm.command(BeatingWriter.class, List.of("-Xmx64m"), view))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertEquals('r', process.getInputStream().read(), "the writer didn't start");
    return process;
  }

  @Test
  @Timeout(90)
  void shouldEndWhenTheWriterIsStoppedAndWhenItIsKilled() throws Exception {
    final Path view = folder.resolve("beating");
    final Process writer = startWriter(view);
    try {
      final Process reader = start(view.toString(), "NUMBERED0", "--wait", "" + Long.MAX_VALUE);
      assertFalse(reader.waitFor(7, TimeUnit.SECONDS), "it beats, so it is waited for");
      final String process = Long.toString(writer.pid());
      assertEquals(0, new ProcessBuilder("kill", "-STOP", process).start().waitFor());
      assertTrue(reader.waitFor(1, TimeUnit.MINUTES));
      assertEquals(1, reader.exitValue());
      assertTrue(said().contains("it was stopped, or hangs"), said());
      assertTrue(ViewMemory.open(view).isWriterAlive());

      writer.destroyForcibly().waitFor();
      assertEquals(1, exitOf(view.toString(), "NUMBERED0", "--wait", "" + Long.MAX_VALUE));
      assertTrue(said().contains("the writer is gone"), said());
      assertFalse(ViewMemory.open(view).isWriterAlive());
      assertEquals(0, exitOf(view.toString(), "NUMBERED0"), "the last state stays");
    } finally {
      writer.destroyForcibly();
    }
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  /** Any numbers: it ends, and soon. All readers at once, as each tries for a while. */
  @Test
  void shouldEndOnAForgedView() throws Exception {
    market.publish();
    market.publish();
    memory.close();
    final List<Process> readers = new ArrayList<>();
    for (final long latest : new long[] {1L << 40, Long.MAX_VALUE, 3, 1}) {
      final String forged = forge(latest).toString();
      final String[] once = {binary(), forged, ViewMarket.SYMBOL};
      final String[] waits = {binary(), forged, ViewMarket.SYMBOL, "--wait", "" + Long.MAX_VALUE};
      readers.add(new ProcessBuilder(once).start());
      readers.add(new ProcessBuilder(waits).start());
    }
    for (final Process each : readers) {
      final String said = new String(each.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(each.waitFor(1, TimeUnit.MINUTES));
      assertEquals(3, each.exitValue());
      assertTrue(said.contains("no whole state can be read"), said);
    }
  }

  private Path forge(final long latest) throws IOException {
    final byte[] bytes = Files.readAllBytes(file());
    final ByteBuffer forged = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    // A process that lives, and a stamp that no publication bears.
    forged.putLong(ViewLayout.ENDED, 0);
    forged.putInt(ViewLayout.HELD, 0);
    forged.putLong(ViewLayout.PROCESS, ProcessHandle.current().pid());
    final int region = memory.layout().region(0);
    forged.putLong(region + ViewLayout.LATEST, latest);
    for (int slot = 0; slot < ViewLayout.HEADER_SLOTS; slot++) {
      forged.putLong(memory.layout().header(0, slot) + ViewLayout.STAMP, latest == 1 ? 1 : -7);
      forged.putLong(memory.layout().header(0, slot) + ViewLayout.BODY, Long.MIN_VALUE);
    }
    return Files.write(folder.resolve("forged" + latest), bytes);
  }

  @Test
  void shouldNotWaitForAFifo() throws Exception {
    final Path fifo = folder.resolve("fifo");
    assumeTrue(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0);
    assertEquals(3, exitOf(fifo.toString(), ViewMarket.SYMBOL));
  }

  @Test
  void shouldSayByItsExitWhatIsWrong() throws Exception {
    final String view = file().toString();
    assertEquals(1, exitOf(view, ViewMarket.SYMBOL), "nothing published");
    market.publish();
    assertEquals(1, exitOf(view, "OTHER"), "no such symbol");
    assertEquals(2, exitOf(), "no arguments");
    assertEquals(2, exitOf(view, ViewMarket.SYMBOL, "--low", "1"), "half a range");
    assertEquals(2, exitOf(view, ViewMarket.SYMBOL, "--low", "x", "--high", "2"), "no number");
    assertEquals(2, exitOf(view, ViewMarket.SYMBOL, "--far", "1"), "no such option");
    assertEquals(3, exitOf(folder.resolve("none").toString(), ViewMarket.SYMBOL), "no file");
    assertEquals(3, exitOf(SOURCE.toString(), ViewMarket.SYMBOL), "something else");
    memory.close();
    assertEquals(0, exitOf(view, ViewMarket.SYMBOL), "the last state stays");
    assertEquals(
        1, exitOf(view, ViewMarket.SYMBOL, "--wait", "" + Long.MAX_VALUE), "and none comes");
    final byte[] bytes = Files.readAllBytes(file());
    bytes[8] = 4;
    Files.write(folder.resolve("newer"), bytes);
    assertEquals(3, exitOf(folder.resolve("newer").toString(), ViewMarket.SYMBOL), "version 4");
  }
}
