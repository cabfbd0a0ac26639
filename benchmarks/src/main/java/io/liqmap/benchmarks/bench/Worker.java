package io.liqmap.benchmarks.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A process that measures one stage: makes it ready, warms it up, and measures on each command to,
 * until its input ends.
 *
 * <pre>
 *              ready PASSAGES, negative if it didn't become steady
 *   command   pass RATE            warm RATE
 *   answers   passage FIELDS       warmed         failed WHY
 * </pre>
 */
final class Worker {
  static final String READY = "ready ";
  static final String PASS = "pass ";
  static final String WARM = "warm ";
  static final String WARMED = "warmed";
  static final String PASSAGE = "passage ";
  static final String FAILED = "failed ";

  private Worker() {}

  public static void main(final String[] args) throws Exception {
    // Whatever else is printed goes where errors go.
    final PrintStream answers = System.out;
    System.setOut(System.err);
    final Task task = Task.parse(args);
    try (Stage stage = Stages.of(task);
        BufferedReader orders =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      answers.println(READY + (task.isPaced() ? 0 : warmUp(stage, task.warmUps())));
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        final double rate = Double.parseDouble(order.substring(order.indexOf(' ') + 1));
        final Passage passage = stage.pass(rate);
        answers.println(order.startsWith(PASS) ? PASSAGE + passage.line() : WARMED);
      }
    } catch (final IllegalStateException e) {
      answers.println(FAILED + e.getMessage());
    }
  }

  /** Runs until the stage is steady; how many passages that took, negative if it isn't. */
  private static int warmUp(final Stage stage, final int most) throws Exception {
    final Steadiness steadiness = new Steadiness();
    while (steadiness.passages() < most && !steadiness.isReached()) {
      steadiness.add(stage.pass(0).nanosPerEvent());
    }
    return most == 0 || steadiness.isReached() ? steadiness.passages() : -most;
  }
}
