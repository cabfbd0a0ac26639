package io.liqmap.tools.history;

import java.util.List;

/**
 * Events of a part of a history.
 *
 * @param events in the order of time
 * @param isCut whether there were more, of less notional
 */
public record HistoryEvents(List<HistoryEvent> events, boolean isCut) {
  public HistoryEvents {
    events = List.copyOf(events);
  }
}
