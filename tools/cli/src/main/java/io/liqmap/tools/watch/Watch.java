package io.liqmap.tools.watch;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/**
 * Shows a source's map until a key or a signal ends it, or once where nothing can be drawn again.
 */
public final class Watch {
  private static final long TICK_MILLIS = 25;
  private static final long LOOK_NANOS = 2_000_000_000L;
  private static final double REACH = 0.10;
  private static final double HEAT_REACH = 0.05;
  private static final double LEAST_REACH = 0.002;
  private static final double MOST_REACH = 0.5;

  private final MapSource source;
  private final Terminal terminal;
  private final WatchOptions options;
  private final PrintWriter out;
  private final ColorLevel colors;
  private SixelQuery sixel = SixelQuery.of("");
  private boolean isHeat;
  private double zoom = 1;
  private PriceRows rows;
  private boolean hasEnded;
  private Screen screen;

  Watch(
      final MapSource source,
      final Terminal terminal,
      final WatchOptions options,
      final PrintWriter out) {
    this.source = source;
    this.terminal = terminal;
    this.options = options;
    this.out = out;
    colors = ColorLevel.of(options.color(), options.environment(), terminal.isOutput());
    isHeat = options.isHeatmap();
  }

  /**
   * Watches.
   *
   * @throws IllegalArgumentException if there is no such map, saying what to write
   * @throws IOException if the source or the terminal fails
   */
  public static void run(final WatchOptions options, final PrintWriter out)
      throws IOException, InterruptedException {
    try (Terminal terminal = new Terminal(options.environment(), System.in);
        MapSource source = options.source()) {
      final Watch watch = new Watch(source, terminal, options, out);
      if (terminal.canDrawInPlace()) {
        watch.inPlace();
      } else {
        watch.plainly();
      }
    }
  }

  /** Frame after frame, as lines. */
  void plainly() throws IOException, InterruptedException {
    if (options.picture() == WatchOptions.PictureChoice.SIXEL) {
      throw new IllegalArgumentException(
          "--picture sixel: standard output is no terminal that can draw; leave it out");
    }
    final int frames = terminal.isDumb() && terminal.isOutput() ? 1 : Math.max(1, options.frames());
    for (int frame = 0; frame < frames; frame++) {
      if (frame > 0) {
        Thread.sleep(options.everyMillis());
        out.println();
      }
      final Look look = look();
      WatchedMap map = source.map();
      while (isAwaited(map, look)) {
        Thread.sleep(TICK_MILLIS);
        map = source.map();
      }
      out.print(frame(map, look).text(look.colors()));
      out.flush();
    }
  }

  /** Whether there is more to come before a frame is worth printing. */
  private boolean isAwaited(final WatchedMap map, final Look look) {
    final WatchState.Kind kind = source.state().kind();
    if (map == null) {
      return kind == WatchState.Kind.WAITING || kind == WatchState.Kind.READING;
    }
    return isHeat && source.isMaking(HeatFrame.room(look));
  }

  private void inPlace() throws IOException, InterruptedException {
    // Before anything is drawn: a wrong name is an error, not a picture.
    source.map();
    final Thread hook = new Thread(this::restore, "liqmap-terminal");
    Runtime.getRuntime().addShutdownHook(hook);
    try (WindowSignal resized = WindowSignal.listen()) {
      terminal.raw();
      if (options.picture() != WatchOptions.PictureChoice.ASCII
          && options.picture() != WatchOptions.PictureChoice.BLOCKS) {
        sixel = SixelQuery.ask(terminal, out);
      }
      if (options.picture() == WatchOptions.PictureChoice.SIXEL && !sixel.isAble()) {
        sixel = new SixelQuery(true, sixel.cellWidth(), sixel.cellHeight());
      }
      open();
      draw(resized);
    } finally {
      restore();
      removeHook(hook);
    }
  }

  private synchronized void open() {
    screen = new Screen(out, colors);
  }

  /** From the hook too, when a signal ends the process. */
  private void restore() {
    final Screen open;
    synchronized (this) {
      open = screen;
    }
    if (open != null) {
      open.close();
    }
    terminal.close();
  }

  private static void removeHook(final Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (final IllegalStateException e) {
      // The process is ending, and the hook runs.
    }
  }

  private void draw(final WindowSignal resized) throws IOException, InterruptedException {
    Look look = look();
    long drawnAt = 0;
    long lookedAt = System.nanoTime();
    // Frames without a map don't count.
    int frames = 0;
    while (!hasEnded && (options.frames() == 0 || frames < options.frames())) {
      final long now = System.nanoTime();
      final boolean isTouched = touched(terminal.typed());
      if (resized.hasCome() || now - lookedAt > LOOK_NANOS) {
        lookedAt = now;
        look = look();
      }
      if (isTouched || drawnAt == 0 || now - drawnAt >= options.everyMillis() * 1_000_000L) {
        drawnAt = now;
        final WatchedMap map = source.map();
        frames += map == null ? 0 : 1;
        screen.draw(frame(map, look));
      } else {
        Thread.sleep(Math.min(TICK_MILLIS, options.everyMillis()));
      }
    }
  }

  private Frame frame(final WatchedMap map, final Look look) {
    if (isHeat) {
      final List<HeatColumn> columns = source.columns(HeatFrame.room(look));
      return HeatFrame.of(map, source.state(), columns, look, HEAT_REACH * zoom, keys());
    }
    final MapFrame.Drawn drawn = MapFrame.of(map, source.state(), look, REACH * zoom, rows, keys());
    rows = drawn.rows();
    return drawn.frame();
  }

  private Look look() {
    final int[] size = terminal.size();
    return new Look(
        Math.max(1, size[0]),
        Math.max(1, size[1]),
        colors,
        picture(),
        sixel.cellWidth(),
        sixel.cellHeight());
  }

  private Look.Picture picture() {
    if (terminal.isOutput() && terminal.isDumb()) {
      return Look.Picture.ASCII;
    }
    final Look.Picture blocks =
        colors == ColorLevel.NONE ? Look.Picture.SHADES : Look.Picture.HALVES;
    return switch (options.picture()) {
      case ASCII -> Look.Picture.ASCII;
      case BLOCKS -> blocks;
      case SIXEL -> Look.Picture.SIXEL;
      case AUTO -> sixel.isAble() && colors != ColorLevel.NONE ? Look.Picture.SIXEL : blocks;
    };
  }

  private String keys() {
    return terminal.hasKeys()
        ? "Keys: q ends, n and p change the instrument, v the view, + and - the zoom."
        : "";
  }

  /** Whether a key changes what is shown. */
  private boolean touched(final String typed) {
    final String keys = Keys.of(typed);
    for (int i = 0; i < keys.length(); i++) {
      switch (keys.charAt(i)) {
        case 'q', 'Q' -> hasEnded = true;
        case 'v' -> isHeat = !isHeat;
        case 'n', '\t' -> source.step(1);
        case 'p' -> source.step(-1);
        case '+', '=' -> zoom(0.5);
        case '-' -> zoom(2);
        default -> {}
      }
    }
    return !keys.isEmpty();
  }

  private void zoom(final double factor) {
    zoom = Math.max(LEAST_REACH / HEAT_REACH, Math.min(MOST_REACH / REACH, zoom * factor));
  }
}
