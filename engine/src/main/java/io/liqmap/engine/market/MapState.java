package io.liqmap.engine.market;

import io.liqmap.engine.core.state.FaultCounts;
import io.liqmap.engine.core.state.StateReport;

/** The state after an event, to be read on the thread that applies events. */
public sealed interface MapState permits MapWriter {
  /** Returns how many events were applied. */
  long events();

  /** Returns the feed sequence of the last event, 0 before the first. */
  long sequence();

  /** Returns the exchange time of the first event, ns, 0 before it. */
  long firstTime();

  /** Returns the latest exchange time of all events, ns. */
  long time();

  /** Returns the faults so far; a live view, which later events change. */
  FaultCounts faults();

  /**
   * Returns the holes in an instrument's data so far: in the feed's sequence and in its own stream.
   *
   * @param instrument number of the instrument, 0 to below {@link #capacity()}
   */
  long gaps(int instrument);

  /**
   * Returns the messages of an instrument or of the whole feed known to be missing so far.
   *
   * @param instrument number of the instrument, 0 to below {@link #capacity()}
   */
  long missing(int instrument);

  /** Returns how many exceptions listeners threw. */
  long listenerFailures();

  /** Returns the bound of instrument numbers: each is below. */
  int capacity();

  /**
   * Returns an instrument's state, null before it was defined, and where it is on another shard.
   *
   * @param id number of the instrument, 0 to below {@link #capacity()}
   */
  InstrumentState instrument(int id);

  /** Returns the events applied so far with the hash of the state. Not for the hot path. */
  StateReport report();

  /**
   * Returns the hash of the state: the same after the same events, on any JVM. Encodes the whole
   * state; not for the hot path.
   */
  long stateHash();
}
