package io.liqmap.tools.example;

import io.liqmap.engine.core.clusters.QualityFlags;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.shared.view.Questions;
import io.liqmap.engine.shared.view.ViewMemory;
import io.liqmap.engine.shared.view.ViewReader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Follows the view of an engine in another process, started with {@code run --share DIR}. */
public final class SharedView {
  private SharedView() {}

  /** Prints each new state, until the engine ends or the seconds are over. */
  public static void main(final String[] args) throws InterruptedException {
    final String given = args.length == 3 ? args[2] : "999999999";
    if (args.length < 2 || args.length > 3 || !given.matches("\\d{1,9}")) {
      System.err.println("usage: SharedView DIR INSTRUMENT [SECONDS]");
      System.exit(2);
    }
    try {
      follow(ViewMemory.open(Path.of(args[0], Outputs.VIEW_FILE)), args[1], Long.parseLong(given));
    } catch (final NoSuchFileException e) {
      System.err.println(
          "SharedView: " + e.getMessage() + ", started with 'liqmap run --share DIR'");
      System.exit(1);
    } catch (final IOException e) {
      System.err.println("SharedView: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void follow(final ViewMemory view, final String symbol, final long seconds)
      throws IOException, InterruptedException {
    final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    ViewReader reader = null;
    long sequence = 0;
    boolean isOver;
    do {
      // Read before the state, so that the last publication is still printed.
      isOver = !view.isWriterAlive() || System.nanoTime() - end >= 0;
      if (reader == null && view.instrument(symbol) >= 0) {
        reader = new ViewReader(view, view.instrument(symbol));
      }
      if (reader != null && reader.refresh() && reader.sequence() != sequence) {
        sequence = reader.sequence();
        print(reader, new Questions(reader));
      }
      Thread.sleep(isOver ? 0 : 1);
    } while (!isOver);
    if (reader == null) {
      throw new IOException(
          "the view has shown no "
              + symbol
              + "; give venue:symbol, or a symbol of one venue alone");
    }
    System.out.println(view.hasEnded() ? "the engine has ended" : "stopped");
  }

  private static void print(final ViewReader view, final Questions ask) {
    final double mark = view.markPrice();
    System.out.printf(
        Locale.ROOT,
        "%d  mark %.2f  %s  below %s  above %s  within 1 %%: longs %.0f, shorts %.0f"
            + "  amounts: longs %s, shorts %s%n",
        view.sequence(),
        mark,
        (view.quality() & QualityFlags.NOT_JOURNALED) == 0 ? "journaled" : "not journaled",
        cluster(view, ask, ask.nearest(Side.LONG, 0)),
        cluster(view, ask, ask.nearest(Side.SHORT, 0)),
        ask.cumulative(mark * 0.99),
        ask.cumulative(mark * 1.01),
        amounts(ask, Side.LONG),
        amounts(ask, Side.SHORT));
  }

  /** What to refuse a side's amounts for: only its past says so, no forecast. */
  private static String amounts(final Questions ask, final Side side) {
    return ask.isUnproven(side) ? "unproven" : ask.isUncalibrated(side) ? "uncalibrated" : "usable";
  }

  private static String cluster(final ViewReader view, final Questions ask, final int cluster) {
    return cluster < 0
        ? "none"
        : String.format(
            Locale.ROOT, "%.0f @ %.2f", view.clusterNotional(cluster), ask.peak(cluster));
  }
}
