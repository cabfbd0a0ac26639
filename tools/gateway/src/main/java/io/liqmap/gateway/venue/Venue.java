package io.liqmap.gateway.venue;

import io.liqmap.engine.feed.InstrumentDefinition;
import java.util.List;

/** A venue's public interface. Immutable, for any thread. */
public interface Venue {
  /** As in {@code --venue} and in definitions: {@code binance-usdm}. */
  String name();

  /** {@code wss://…}, without a path. */
  String webSocketAddress();

  /** {@code https://…}, without a path. */
  String restAddress();

  /** Connections that the instruments need. */
  List<ConnectionPlan> connections(List<InstrumentDefinition> instruments);

  /** What is asked for again and again while the connections are open. */
  List<Request> polls(List<InstrumentDefinition> instruments);

  /** Lists the venue's instruments, for {@link #listings}. */
  List<Request> listingRequests(List<String> symbols);

  /**
   * Reads the answers.
   *
   * @return definitions of all perpetual contracts in them, numbered from 0
   * @throws VenueException if one isn't the expected answer, saying what is wrong where
   */
  List<InstrumentDefinition> listings(List<byte[]> answers) throws VenueException;

  /** Asks for the bracket tables; empty where the venue publishes none without a key. */
  List<Request> bracketRequests(List<InstrumentDefinition> instruments);

  /** A decoder of frames about these instruments. */
  VenueDecoder decoder(List<InstrumentDefinition> instruments);
}
