package io.liqmap.tools.watch;

import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.shared.view.ViewMemory;
import io.liqmap.engine.shared.view.ViewReader;
import io.liqmap.tools.answer.InstrumentChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Maps that an engine shares. Opens the view again when another engine has replaced it. The history
 * is what was seen while watching.
 */
final class SharedSource implements MapSource {
  private static final long LOOK_NANOS = 1_000_000_000L;
  private static final int MOST_COLUMNS = 2_000;

  private final Path file;
  private final String symbol;
  private final String mapName;
  private final long columnNanos;
  private final List<HeatColumn> columns = new ArrayList<>();
  private ViewMemory view;
  private int instrument = -1;
  private SharedMap shared;
  private ViewReader reader;
  private WatchedMap map;
  private long changedAt = System.nanoTime();
  private long lookedAt;

  /**
   * Opens a view.
   *
   * @param symbol null for the first
   * @param mapName a model, with its window after a slash; null for the first
   * @param columnNanos length of a column of the history
   */
  SharedSource(final Path folder, final String symbol, final String mapName, final long columnNanos)
      throws IOException {
    file = folder.resolve(Outputs.VIEW_FILE);
    this.symbol = symbol;
    this.mapName = mapName;
    this.columnNanos = columnNanos;
    view = ViewMemory.open(file);
  }

  @Override
  public WatchedMap map() throws IOException {
    reopen();
    if (reader == null) {
      choose(instrument >= 0 ? instrument : symbol == null ? first() : view.instrument(symbol));
    }
    if (reader != null && reader.refresh()) {
      final WatchedMap newest = shared.map();
      if (map == null || newest.sequence() != map.sequence()) {
        changedAt = System.nanoTime();
      }
      keep(newest);
      map = newest;
    }
    return map;
  }

  private void reopen() throws IOException {
    final long now = System.nanoTime();
    if (!view.hasEnded() || now - lookedAt < LOOK_NANOS) {
      return;
    }
    lookedAt = now;
    final ViewMemory newest = ViewMemory.open(file);
    if (newest.hasEnded()) {
      newest.close();
      return;
    }
    view.close();
    view = newest;
    instrument = -1;
    reader = null;
    columns.clear();
  }

  private List<Integer> published() {
    return IntStream.range(0, view.instruments())
        .filter((number) -> !view.symbol(number).isEmpty())
        .boxed()
        .toList();
  }

  private int first() {
    return published().stream().findFirst().orElse(-1);
  }

  private void choose(final int number) {
    if (number < 0) {
      if (symbol != null && !published().isEmpty()) {
        InstrumentChoice.of("--symbol", symbol, published(), view::name, ": the view shows");
      }
      return;
    }
    final int variant = mapName == null ? 0 : view.map(number, mapName);
    if (variant < 0) {
      throw new IllegalArgumentException(
          "the view shows no map "
              + mapName
              + ", only "
              + String.join(", ", maps(number))
              + "; add it to sharing.maps in the engine's settings");
    }
    instrument = number;
    reader = new ViewReader(view, number, variant);
    shared =
        new SharedMap(
            view.name(number).toString(),
            view.name(number).among(published().stream().map(view::name).toList()),
            view.mapName(number, variant),
            view.baseAsset(number),
            view.quoteAsset(number),
            reader);
  }

  private List<String> maps(final int number) {
    return IntStream.range(0, view.maps())
        .mapToObj((variant) -> view.mapName(number, variant))
        .filter((name) -> !name.isEmpty())
        .toList();
  }

  /** Of each interval the last map that was seen in it. */
  private void keep(final WatchedMap newest) {
    if (map != null && newest.time() / columnNanos > map.time() / columnNanos) {
      columns.add(HeatColumn.of(map, (map.time() / columnNanos + 1) * columnNanos));
      if (columns.size() > MOST_COLUMNS) {
        columns.remove(0);
      }
    }
  }

  @Override
  public List<HeatColumn> columns(final int most) {
    final List<HeatColumn> all = new ArrayList<>(columns);
    if (map != null) {
      all.add(HeatColumn.of(map, map.time()));
    }
    return all.subList(Math.max(0, all.size() - most), all.size());
  }

  @Override
  public boolean isMaking(final int most) {
    return false;
  }

  @Override
  public void step(final int by) {
    final List<Integer> all = published();
    if (all.size() > 1 && instrument >= 0) {
      final int at = all.indexOf(instrument);
      choose(all.get(Math.floorMod(at + by, all.size())));
      columns.clear();
      map = null;
    }
  }

  @Override
  public WatchState state() {
    final boolean isAlive = view.isWriterAlive();
    final WatchState.Kind kind =
        !isAlive
            ? WatchState.Kind.FINISHED
            : map == null ? WatchState.Kind.WAITING : WatchState.Kind.LIVE;
    return new WatchState(kind, (System.nanoTime() - changedAt) / 1e9, 1, null);
  }

  @Override
  public void close() {
    view.close();
  }
}
