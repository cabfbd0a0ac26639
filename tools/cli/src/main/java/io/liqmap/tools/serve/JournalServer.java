package io.liqmap.tools.serve;

import io.liqmap.tools.history.JournalFollower;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The page over one journal, which it follows with a map of its own: an engine that writes the
 * journal isn't touched. For any thread.
 */
public final class JournalServer implements AutoCloseable {
  private static final long WRITE_NANOS = 10_000_000_000L;

  private final JournalFollower follower;
  private final WriteLimit writes = new WriteLimit(WRITE_NANOS);
  private final LiveStreams streams;
  private final PageServer page;

  private JournalServer(final Path journal, final Binding binding) throws IOException {
    follower = JournalFollower.start(journal);
    final LiveJournal live = new LiveJournal(follower);
    streams = new LiveStreams(live, writes);
    try {
      page = PageServer.start(binding, new Api(live, streams), writes);
    } catch (final IOException | RuntimeException e) {
      stop();
      throw e;
    }
  }

  /**
   * Starts one.
   *
   * @param journal its folder, which may not have a journal yet
   * @throws IOException if the port is taken, or this build has no page
   */
  public static JournalServer start(final Path journal, final Binding binding) throws IOException {
    return new JournalServer(journal, binding);
  }

  /** Where a browser finds the page, the token included. */
  public String url() {
    return page.url();
  }

  /** Ends all streams, and waits until the journal isn't read any more. */
  @Override
  public void close() {
    streams.close();
    page.close();
    stop();
  }

  private void stop() {
    streams.close();
    follower.close();
    writes.close();
  }
}
