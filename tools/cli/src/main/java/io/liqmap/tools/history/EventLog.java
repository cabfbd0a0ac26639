package io.liqmap.tools.history;

import io.liqmap.engine.core.clusters.MapEvent;
import io.liqmap.engine.core.map.Instrument;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.margin.Contract;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.market.MapWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What happened, by instrument or group and by kind. Of each the newest 1,024 are kept, and of
 * those before the largest by notional, some 4,096 to 8,192 together; so an instrument takes at
 * most some 5 MB. For any thread.
 */
final class EventLog {
  private static final int NEWEST = 1_024;
  private static final int KEPT = 4_096;
  private static final int MOST = 2 * KEPT;

  /** Of the whole feed, whatever the instrument. */
  private static final String FEED = "";

  private static final class Kept {
    private List<LoggedEvent> events = new ArrayList<>();

    /** Sequences up to which smaller ones were left out; 0 for none. */
    private long cutUntil;

    void add(final LoggedEvent event) {
      events.add(event);
      if (events.size() > MOST) {
        trim();
      }
    }

    private void trim() {
      events.sort(Comparator.comparingLong(LoggedEvent::sequence));
      final List<LoggedEvent> old = new ArrayList<>(events.subList(0, events.size() - NEWEST));
      final List<LoggedEvent> kept =
          new ArrayList<>(events.subList(events.size() - NEWEST, events.size()));
      cutUntil = Math.max(cutUntil, old.get(old.size() - 1).sequence());
      old.sort(Comparator.comparingDouble(LoggedEvent::weight).reversed());
      kept.addAll(old.subList(0, KEPT - NEWEST));
      events = kept;
    }
  }

  private static final class Track {
    private final Kept[] byKind = new Kept[HistoryEvent.Kind.values().length];
    private String quote = "";

    Track() {
      for (int i = 0; i < byKind.length; i++) {
        byKind[i] = new Kept();
      }
    }
  }

  /** By name, in its order: which thread adds to which first differs from time to time. */
  private final Map<String, Track> tracks = new TreeMap<>();

  synchronized void clear() {
    tracks.clear();
  }

  synchronized void add(final String name, final String quote, final LoggedEvent event) {
    final Track track = tracks.computeIfAbsent(name, (of) -> new Track());
    track.quote = quote;
    track.byKind[event.kind()].add(event);
  }

  /** Takes events that were saved. */
  synchronized void load(final SavedHistory.Events saved) {
    final Track track = tracks.computeIfAbsent(saved.name(), (of) -> new Track());
    track.quote = saved.quote();
    final Kept kept = track.byKind[saved.kind()];
    kept.cutUntil = Math.max(kept.cutUntil, saved.cutUntil());
    saved.events().forEach(kept::add);
  }

  /** Adds the events up to a sequence, inclusive. */
  synchronized void save(final long sequence, final SavedHistory to) {
    for (final Map.Entry<String, Track> entry : tracks.entrySet()) {
      final Track track = entry.getValue();
      for (int kind = 0; kind < track.byKind.length; kind++) {
        final Kept kept = track.byKind[kind];
        final List<LoggedEvent> events =
            kept.events.stream().filter((event) -> event.sequence() <= sequence).toList();
        if (!events.isEmpty()) {
          to.add(
              new SavedHistory.Events(
                  entry.getKey(), track.quote, kind, Math.min(kept.cutUntil, sequence), events));
        }
      }
    }
  }

  /** Notes what the feed says of liquidations and holes. */
  void onApplied(final FeedEvent event, final MapWriter writer) {
    switch (event.kind()) {
      case FeedEvent.LIQUIDATION -> liquidation(event, writer);
      case FeedEvent.GAP -> {
        if (event.missing() > 0) {
          add(FEED, "", gap(event));
        }
      }
      case FeedEvent.INTERRUPTION -> {
        final InstrumentMap map = writer.maps().of(event.instrument());
        if (map != null) {
          add(map.instrument().name().toString(), map.instrument().quoteAsset(), gap(event));
        }
      }
      default -> {}
    }
  }

  private static LoggedEvent gap(final FeedEvent event) {
    return new LoggedEvent(
        event.sequence(),
        event.exchangeTime(),
        (byte) HistoryEvent.Kind.GAP.ordinal(),
        (byte) 0,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        event.missing());
  }

  private void liquidation(final FeedEvent event, final MapWriter writer) {
    final InstrumentMap map = writer.maps().of(event.instrument());
    if (map == null) {
      return;
    }
    final Instrument instrument = map.instrument();
    final InstrumentDefinition definition = writer.instrument(event.instrument()).definition();
    final double price = event.price() * instrument.priceUnit();
    final double amount =
        event.quantity()
            * (double) definition.contractMultiplier()
            * instrument.quantityUnit()
            * instrument.quantityUnit();
    add(
        instrument.name().toString(),
        instrument.quoteAsset(),
        new LoggedEvent(
            event.sequence(),
            event.exchangeTime(),
            (byte) HistoryEvent.Kind.LIQUIDATION.ordinal(),
            (byte) (event.positionSide() == FeedEvent.LONG ? 1 : 2),
            price,
            Double.NaN,
            Double.NaN,
            instrument.contract() == Contract.INVERSE ? amount : amount * price,
            0));
  }

  /** Notes what happened to the first model's whole map. */
  void onMapEvent(final MapEvent event, final MapWriter writer) {
    final HistoryEvent.Kind kind = kind(event);
    if (kind == null || event.map() != 0) {
      return;
    }
    final Instrument instrument =
        event.instrument() < writer.capacity()
            ? writer.maps().of(event.instrument()).instrument()
            : writer.groups().get(event.instrument() - writer.capacity()).instrument();
    add(instrument.name().toString(), instrument.quoteAsset(), logged(kind, event));
  }

  private static HistoryEvent.Kind kind(final MapEvent event) {
    return switch (event.kind()) {
      case SWEPT -> HistoryEvent.Kind.SWEEP;
      case BORN -> HistoryEvent.Kind.CLUSTER_BORN;
      case CLEARED -> HistoryEvent.Kind.CLUSTER_CLEARED;
      case CASCADE_WARNING -> HistoryEvent.Kind.CASCADE;
      case QUALITY -> HistoryEvent.Kind.QUALITY;
      case GROWN, SHRUNK, CALIBRATION -> null;
    };
  }

  private static LoggedEvent logged(final HistoryEvent.Kind kind, final MapEvent event) {
    final boolean isQuality = kind == HistoryEvent.Kind.QUALITY;
    final boolean isLong = event.side() == Side.LONG;
    return new LoggedEvent(
        event.inputSequence(),
        event.time(),
        (byte) kind.ordinal(),
        (byte) (event.side() == null ? 0 : isLong ? 1 : 2),
        switch (kind) {
          // Longs are swept downward.
          case SWEEP -> isLong ? event.priceLow() : event.priceHigh();
          case CASCADE -> event.reachPrice();
          case CLUSTER_BORN, CLUSTER_CLEARED -> event.peakPrice();
          case LIQUIDATION, GAP, QUALITY -> Double.NaN;
        },
        isQuality ? Double.NaN : event.priceLow(),
        isQuality ? Double.NaN : event.priceHigh(),
        switch (kind) {
          case SWEEP, CASCADE -> event.expectedNotional();
          case CLUSTER_BORN -> event.notional();
          case CLUSTER_CLEARED -> Math.max(event.notional(), event.previousNotional());
          case LIQUIDATION, GAP, QUALITY -> Double.NaN;
        },
        isQuality ? (long) event.qualityBefore() << 8 | event.qualityAfter() : event.cluster());
  }

  /**
   * Events of an instrument or a group, those of the whole feed among them.
   *
   * @param from ns since 1970, inclusive
   * @param to ns since 1970, inclusive
   * @param limit most of them: the largest are kept
   */
  HistoryEvents find(
      final String name,
      final long from,
      final long to,
      final Set<HistoryEvent.Kind> kinds,
      final int limit) {
    final List<LoggedEvent> found = new ArrayList<>();
    boolean isCut = false;
    final String quote;
    synchronized (this) {
      final Track track = tracks.get(name);
      quote = track == null ? "" : track.quote;
      for (final HistoryEvent.Kind kind : kinds) {
        isCut |= find(track, kind, from, to, found);
        isCut |= find(tracks.get(FEED), kind, from, to, found);
      }
    }
    List<LoggedEvent> kept = found;
    if (found.size() > limit) {
      isCut = true;
      found.sort(Comparator.comparingDouble(LoggedEvent::weight).reversed());
      kept = new ArrayList<>(found.subList(0, limit));
    }
    kept.sort(Comparator.comparingLong(LoggedEvent::sequence));
    return new HistoryEvents(
        kept.stream().map((event) -> EventText.of(event, quote)).toList(), isCut);
  }

  /** Adds what is in the range; whether it may lack some. */
  private static boolean find(
      final Track track,
      final HistoryEvent.Kind kind,
      final long from,
      final long to,
      final List<LoggedEvent> found) {
    if (track == null) {
      return false;
    }
    final Kept kept = track.byKind[kind.ordinal()];
    boolean isCut = false;
    for (final LoggedEvent event : kept.events) {
      if (event.time() >= from && event.time() <= to) {
        found.add(event);
        isCut |= event.sequence() <= kept.cutUntil;
      }
    }
    return isCut;
  }

  /** The nearest cluster that was born or cleared after or ahead of a sequence; null for none. */
  synchronized LoggedEvent cluster(final String name, final long sequence, final boolean isNext) {
    final Track track = tracks.get(name);
    LoggedEvent nearest = null;
    if (track != null) {
      for (final HistoryEvent.Kind kind :
          EnumSet.of(HistoryEvent.Kind.CLUSTER_BORN, HistoryEvent.Kind.CLUSTER_CLEARED)) {
        for (final LoggedEvent event : track.byKind[kind.ordinal()].events) {
          final long away = isNext ? event.sequence() - sequence : sequence - event.sequence();
          if (away > 0 && (nearest == null || away < Math.abs(nearest.sequence() - sequence))) {
            nearest = event;
          }
        }
      }
    }
    return nearest;
  }
}
