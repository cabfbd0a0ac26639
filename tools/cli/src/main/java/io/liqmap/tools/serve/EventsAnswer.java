package io.liqmap.tools.serve;

import io.liqmap.tools.answer.Format;
import io.liqmap.tools.history.HistoryEvent;
import io.liqmap.tools.history.HistoryEvents;
import java.util.List;
import java.util.Optional;

/**
 * What happened to an instrument or a group.
 *
 * @param events in the order of time
 * @param isCut whether there were more, of less notional
 */
record EventsAnswer(List<Happened> events, boolean isCut) {
  /** One event; what it doesn't have is left out. */
  record Happened(
      long sequence,
      String time,
      String kind,
      Optional<String> side,
      Optional<Double> price,
      Optional<Double> priceLow,
      Optional<Double> priceHigh,
      Optional<Double> notional,
      Optional<Long> cluster,
      String text) {
    static Happened of(final HistoryEvent event) {
      return new Happened(
          event.sequence(),
          Format.time(event.time()),
          event.kind().label(),
          Optional.ofNullable(event.side()),
          Format.known(event.price()),
          Format.known(event.priceLow()),
          Format.known(event.priceHigh()),
          Format.known(event.notional()),
          event.cluster() == 0 ? Optional.empty() : Optional.of(event.cluster()),
          event.text());
    }
  }

  static EventsAnswer of(final HistoryEvents found) {
    return new EventsAnswer(found.events().stream().map(Happened::of).toList(), found.isCut());
  }
}
