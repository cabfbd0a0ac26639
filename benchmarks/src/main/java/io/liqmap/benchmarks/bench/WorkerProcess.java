package io.liqmap.benchmarks.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A {@link Worker} from the outside. One thread. */
final class WorkerProcess implements AutoCloseable {
  private static final long EXIT_TIMEOUT_SECONDS = 20;

  private final String key;
  private final Process process;
  private final Writer orders;
  private final BufferedReader answers;

  /** Starts it; {@link #awaitReady} waits until it is warm. */
  WorkerProcess(final Leg leg) throws IOException {
    key = leg.key();
    process = Jvm.start(Worker.class, leg.task().arguments().toArray(String[]::new));
    orders = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Waits until it is warm; after how many passages, negative if it didn't become steady. */
  int awaitReady() throws IOException {
    return Integer.parseInt(answer().substring(Worker.READY.length()));
  }

  String key() {
    return key;
  }

  /** Measures once; the rate counts for those that are paced. */
  Passage pass(final double rate) throws IOException {
    order(Worker.PASS + rate);
    return Passage.parse(answer().substring(Worker.PASSAGE.length()));
  }

  void warm(final double rate) throws IOException {
    order(Worker.WARM + rate);
    answer();
  }

  private void order(final String order) throws IOException {
    orders.write(order + "\n");
    orders.flush();
  }

  private String answer() throws IOException {
    final String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("the process that measures " + key + " ended; see above");
    }
    if (answer.startsWith(Worker.FAILED)) {
      throw new IllegalStateException(key + ": " + answer.substring(Worker.FAILED.length()));
    }
    return answer;
  }

  @Override
  public void close() throws IOException {
    orders.close();
    try {
      if (!process.waitFor(EXIT_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (final InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
