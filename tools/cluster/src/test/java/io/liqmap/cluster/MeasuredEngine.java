package io.liqmap.cluster;

import io.liqmap.engine.live.RingFeedWriter;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.shared.view.ViewMemory;
import io.liqmap.engine.shared.view.ViewReader;
import io.liqmap.engine.support.ChildJvm;
import io.liqmap.tools.Liqmap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;

/** {@code liqmap run} in a process of its own, inline and with its journal, fed by a ring. */
final class MeasuredEngine implements MeasuredWay {
  private static final Pattern HASH = Pattern.compile("state hash +([0-9a-f]{16})");

  private final Path out;
  private final Process process;
  private final RingFeedWriter ring;
  private final ViewMemory view;
  private final ViewReader reader;

  MeasuredEngine(final Path folder, final Path settings, final int hashEvery) throws IOException {
    out = folder.resolve("out");
    final Path share = folder.resolve("share");
    final Path file = folder.resolve("ring");
    process =
        new ProcessBuilder(
                ChildJvm.command(
                    Liqmap.class,
                    ShardFiguresTest.FLAGS,
                    "run",
                    "--config",
                    settings,
                    "--feed",
                    "ring:" + file,
                    "--mode",
                    "inline",
                    "--journal",
                    folder.resolve("journal"),
                    "--share",
                    share,
                    "--hash-every",
                    hashEvery))
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    ring = awaitRing(file);
    final Path viewed = share.resolve(Outputs.VIEW_FILE);
    Await.until(() -> "a view: " + text(), () -> Files.exists(viewed));
    view = ViewMemory.open(viewed);
    reader = new ViewReader(view, 0);
  }

  private RingFeedWriter awaitRing(final Path file) {
    final RingFeedWriter[] opened = new RingFeedWriter[1];
    Await.until(
        () -> "a ring: " + text(),
        () -> {
          try {
            opened[0] = RingFeedWriter.open(file, 1);
            return true;
          } catch (final IOException e) {
            return false;
          }
        });
    return opened[0];
  }

  @Override
  public boolean send(final MeasuredFlow flow, final int first, final int end) {
    final int start = flow.start(first);
    return ring.send(flow.frames(), start, flow.start(end) - start);
  }

  @Override
  public void poll() {
    reader.refresh();
  }

  @Override
  public long answered() {
    return viewed();
  }

  @Override
  public long viewed() {
    return reader.sequence();
  }

  @Override
  public long finish(final int frames) throws Exception {
    Await.until(() -> "the end of the ring: " + text(), ring::end);
    Assertions.assertTrue(process.waitFor(30, TimeUnit.SECONDS), this::text);
    final Matcher hash = HASH.matcher(text());
    Assertions.assertTrue(hash.find(), this::text);
    return Long.parseUnsignedLong(hash.group(1), 16);
  }

  private String text() {
    try {
      return Files.readString(out, StandardCharsets.UTF_8);
    } catch (final IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    ring.close();
    view.close();
  }
}
