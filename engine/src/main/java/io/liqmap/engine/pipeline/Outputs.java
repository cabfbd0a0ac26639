package io.liqmap.engine.pipeline;

import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.shared.events.EventStream;
import io.liqmap.engine.shared.view.ViewMemory;
import io.liqmap.engine.shared.view.ViewSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Outputs of an engine: a listener on the map's thread, a view, streams of events. The engine
 * closes view and streams when it finishes.
 *
 * @param listener called for each event
 * @param view holds the state after each batch of events; null for none
 * @param events changes of clusters, sweeps and quality: stream i is that of shard i, as a stream
 *     has one writer; empty, or null, for none
 * @param folder holds the engine's counters where it keeps no journal; null for none
 */
public record Outputs(
    MapListener listener, ViewMemory view, List<EventStream> events, Path folder) {
  /** No outputs. */
  public static final Outputs NONE = to(MapListener.NONE);

  /** File of the view in a shared folder. */
  public static final String VIEW_FILE = "liqmap.view";

  /** File of the event stream in a shared folder. */
  public static final String EVENTS_FILE = "liqmap.events";

  /** Copies the list. */
  public Outputs {
    events = events == null ? List.of() : List.copyOf(events);
  }

  /** The same without counters. */
  public Outputs(
      final MapListener listener, final ViewMemory view, final List<EventStream> events) {
    this(listener, view, events, null);
  }

  /**
   * Marks streams and view as ended for their readers; the streams first, since their readers watch
   * the view for a killed writer.
   */
  void close() {
    events.forEach(EventStream::close);
    if (view != null) {
      view.close();
    }
  }

  /**
   * Checks that each shard has a stream, if there are any, and that the view is large enough and of
   * the settings' resolution.
   *
   * @throws IllegalArgumentException if they don't fit, saying what to change
   */
  void requireFits(final EngineSettings settings, final int shards) {
    if (!events.isEmpty() && events.size() != shards) {
      throw new IllegalArgumentException(
          "there are "
              + events.size()
              + " streams of events for "
              + shards
              + " map threads: make them agree");
    }
    if (view != null) {
      view.requireFits(settings.maxInstruments(), settings.map().resolutionBps());
    }
  }

  /**
   * Name of the file in a shared folder that has an instrument's events.
   *
   * @param shards map threads of the engine, 1 or more
   */
  public static String eventsFile(final int instrument, final int shards) {
    final int shard = instrument % shards;
    return shard == 0 ? EVENTS_FILE : EVENTS_FILE + "." + shard;
  }

  /** A listener in this process, nothing else. */
  public static Outputs to(final MapListener listener) {
    return new Outputs(listener, null, null);
  }

  /** The same for an engine with one map thread. */
  public static Outputs share(
      final Path folder,
      final ViewSettings settings,
      final int eventBytes,
      final MapListener listener)
      throws IOException {
    return share(folder, settings, eventBytes, 1, listener);
  }

  /**
   * A view and streams of events in a folder, for other processes to map.
   *
   * @param folder is made if it isn't there; a memory file system is the place for it
   * @param eventBytes that a stream holds, a power of two
   * @param shards map threads of the engine, each with a stream
   * @throws IOException if making a file fails
   * @throws IllegalStateException if Java was started without the flags of config/jvm.options
   */
  public static Outputs share(
      final Path folder,
      final ViewSettings settings,
      final int eventBytes,
      final int shards,
      final MapListener listener)
      throws IOException {
    JvmFlags.require();
    final ViewMemory view = ViewMemory.create(folder.resolve(VIEW_FILE), settings);
    final List<EventStream> events = new ArrayList<>();
    try {
      for (int shard = 0; shard < shards; shard++) {
        events.add(EventStream.create(folder.resolve(eventsFile(shard, shards)), eventBytes));
      }
      return new Outputs(listener, view, events, folder);
    } catch (final IOException | RuntimeException e) {
      view.close();
      events.forEach(EventStream::close);
      throw e;
    }
  }
}
