package io.liqmap.cluster;

/** A way from a sender to a map, or to an echo. One thread. */
interface MeasuredWay extends AutoCloseable {
  /** Sends frames of the flow as one message; false if there is no room now. */
  boolean send(MeasuredFlow flow, int first, int end);

  /** Receives what has come. */
  void poll();

  /** How many frames of the flow were answered; of an engine alone those in its view. */
  long answered();

  /** How many frames of the flow are in the map of the view; 0 where there is no map. */
  long viewed();

  /** Ends the feed of so many frames; returns the hash of the state, 0 where there is none. */
  long finish(int frames) throws Exception;

  @Override
  void close();
}
