package io.liqmap.tools.watch;

import io.liqmap.engine.core.map.GroupMap;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.tools.answer.MapAnswer;
import io.liqmap.tools.answer.MapRequest;
import io.liqmap.tools.history.FollowerStatus;
import io.liqmap.tools.history.JournalFollower;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Maps of a journal, followed while an engine writes it. */
final class JournalSource implements MapSource {
  private static final long PATIENCE_MILLIS = 5_000;

  private final JournalFollower follower;
  private final String model;
  private final String window;
  private final JournalColumns columns;
  private String symbol;
  private WatchedMap map;
  private long shownSequence = -1;
  private long changedAt = System.nanoTime();

  /**
   * Starts to follow a journal.
   *
   * @param symbol null for the first
   * @param model null for the first
   * @param columnNanos length of a column of the history
   */
  JournalSource(
      final Path journal,
      final String symbol,
      final String model,
      final String window,
      final long columnNanos) {
    this.symbol = symbol;
    this.model = model;
    this.window = window;
    follower = JournalFollower.start(journal);
    columns = new JournalColumns(follower, model, window, columnNanos);
  }

  @Override
  public WatchedMap map() throws IOException, InterruptedException {
    final FollowerStatus status = follower.status();
    if (status.isRead() && status.lastSequence() != shownSequence) {
      final WatchedMap newest = asked(follower.ask(this::answer));
      if (newest != null) {
        shownSequence = newest.sequence();
        changedAt = System.nanoTime();
        map = newest;
      }
    }
    return map;
  }

  /** On the follower's thread. */
  private WatchedMap answer(final MapWriter writer) {
    if (symbol == null) {
      final List<String> all = names(writer);
      if (all.isEmpty()) {
        return null;
      }
      symbol = all.get(0);
    }
    final MapAnswer answer =
        MapRequest.of(MapRequest.Words.OPTIONS, symbol, model, window).one(writer);
    return AnsweredMap.of(answer);
  }

  private static List<String> names(final MapWriter writer) {
    final List<String> names = new ArrayList<>();
    for (final InstrumentMap one : writer.maps().all()) {
      names.add(one.instrument().name().toString());
    }
    for (final GroupMap group : writer.groups()) {
      if (group.isActive()) {
        names.add(group.settings().fullName());
      }
    }
    return names;
  }

  /** Null where the journal isn't read in time. */
  private static <T> T asked(final Future<T> answer) throws IOException, InterruptedException {
    try {
      return answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (final TimeoutException e) {
      answer.cancel(false);
      return null;
    } catch (final ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IOException(e.getCause());
    }
  }

  @Override
  public void step(final int by) {
    try {
      final List<String> all = asked(follower.ask(JournalSource::names));
      if (all != null && all.size() > 1) {
        final int at = map == null ? 0 : Math.max(0, all.indexOf(map.name()));
        symbol = all.get(Math.floorMod(at + by, all.size()));
        shownSequence = -1;
      }
    } catch (final IOException e) {
      throw new IllegalStateException(e);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public List<HeatColumn> columns(final int most) {
    final List<HeatColumn> all =
        map == null ? new ArrayList<>() : columns.of(map.name(), map.time(), most - 1);
    if (map != null && !columns.isMaking()) {
      all.add(HeatColumn.of(map, map.time()));
    }
    return all;
  }

  @Override
  public boolean isMaking(final int most) {
    columns(most);
    return columns.isMaking();
  }

  @Override
  public WatchState state() {
    final FollowerStatus status = follower.status();
    final WatchState.Kind kind =
        switch (status.phase()) {
          case WAITING -> WatchState.Kind.WAITING;
          case READING -> WatchState.Kind.READING;
          case FOLLOWING -> status.isLive() ? WatchState.Kind.LIVE : WatchState.Kind.FINISHED;
          case BROKEN, CLOSED -> WatchState.Kind.BROKEN;
        };
    return new WatchState(
        kind,
        (System.nanoTime() - changedAt) / 1e9,
        status.progress(),
        status.problem() == null ? columns.problem() : status.problem());
  }

  @Override
  public void close() {
    columns.close();
    follower.close();
  }
}
