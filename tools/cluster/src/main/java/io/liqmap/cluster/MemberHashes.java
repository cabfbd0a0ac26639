package io.liqmap.cluster;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.market.MapState;
import io.liqmap.tools.hashes.HashLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A member's evidence: the hash of its state at every so many events, in a file, and the last ones
 * for its status. A member that starts again comes through events that it had before, and compares.
 * One thread; {@link #recent} any.
 */
final class MemberHashes implements MapListener, AutoCloseable {
  /** So many that members at different places have one in common. */
  static final int RECENT = 32;

  private final int every;
  private final HashLog log;
  private volatile List<HashLog.Line> recent = List.of();
  private String difference;
  private String failure;

  private MemberHashes(final int every, final HashLog log) {
    this.every = every;
    this.log = log;
  }

  /** Opens the file, which may have lines of earlier runs. */
  static MemberHashes open(final Path file, final int every) throws IOException {
    return new MemberHashes(every, HashLog.open(file, every));
  }

  @Override
  public void onApplied(final FeedEvent event, final MapState state) {
    if (state.events() % every == 0) {
      add(new HashLog.Line(state.events(), state.sequence(), state.stateHash()));
    }
  }

  private void add(final HashLog.Line line) {
    final List<HashLog.Line> now = new ArrayList<>(recent);
    if (now.size() == RECENT) {
      now.remove(0);
    }
    now.add(line);
    recent = List.copyOf(now);
    if (difference != null || failure != null) {
      return;
    }
    try {
      log.add(line);
    } catch (final UncheckedIOException e) {
      // A gap in the evidence doesn't stop a member.
      failure = e.getMessage();
    } catch (final IllegalStateException e) {
      difference = e.getMessage();
    }
  }

  /** The last hashes of this run, oldest first; any thread. */
  List<HashLog.Line> recent() {
    return recent;
  }

  /** How the state differs from that of an earlier run; null if it doesn't. */
  String difference() {
    return difference;
  }

  /** Why hashes are no longer written; null if they are. */
  String failure() {
    return failure;
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
