package io.liqmap.engine.pipeline;

import io.liqmap.engine.stream.EventStream;
import io.liqmap.engine.view.ViewMemory;
import io.liqmap.engine.view.ViewSettings;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where an engine's answers go: a listener on the map's thread, a view, a stream of events. The
 * engine closes view and stream when it finishes.
 *
 * @param listener hears of each event
 * @param view takes what stands, after each batch of events; null for none
 * @param events takes what happens to clusters, sweeps and quality; null for none
 * @param folder takes the engine's counters where it keeps no journal; null for none
 */
public record Outlets(MapListener listener, ViewMemory view, EventStream events, Path folder) {
  /** Nobody wants to know. */
  public static final Outlets NONE = to(MapListener.NONE);

  /** File of the view in a shared folder. */
  public static final String VIEW_FILE = "liqmap.view";

  /** File of the event stream in a shared folder. */
  public static final String EVENTS_FILE = "liqmap.events";

  /** The same without counters. */
  public Outlets(final MapListener listener, final ViewMemory view, final EventStream events) {
    this(listener, view, events, null);
  }

  /** Tells readers in other processes that nothing more will come. */
  void close() {
    if (view != null) {
      view.close();
    }
    if (events != null) {
      events.close();
    }
  }

  /** A listener in this process, nothing else. */
  public static Outlets to(final MapListener listener) {
    return new Outlets(listener, null, null);
  }

  /**
   * A view and a stream of events in a folder, for other processes to map.
   *
   * @param folder is made if it isn't there; a memory file system is the place for it
   * @param eventBytes that the stream holds, a power of two
   * @throws IOException if a file can't be made
   */
  public static Outlets share(
      final Path folder,
      final ViewSettings settings,
      final int eventBytes,
      final MapListener listener)
      throws IOException {
    final ViewMemory view = ViewMemory.create(folder.resolve(VIEW_FILE), settings);
    try {
      return new Outlets(
          listener, view, EventStream.create(folder.resolve(EVENTS_FILE), eventBytes), folder);
    } catch (final IOException | RuntimeException e) {
      view.close();
      throw e;
    }
  }
}
