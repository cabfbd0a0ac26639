package io.liqmap.tools.serve;

import io.liqmap.tools.answer.Json;
import io.liqmap.tools.answer.MapAnswer;
import io.liqmap.tools.answer.MapRequest;
import java.util.Map;

/**
 * Maps as of now, each made once for all who ask for it within a fifth of a second. For any thread.
 */
final class PresentMaps {
  private static final int MOST = 16;
  private static final long FRESH_NANOS = 200_000_000L;

  private final LiveJournal journal;
  private final Map<MapAsked, Present> maps = new Recent<>(MOST);

  PresentMaps(final LiveJournal journal) {
    this.journal = journal;
  }

  /**
   * The map now.
   *
   * @param sequence that it has to be as new as, which a stream announced
   * @throws Problem if there is no such map, or the journal isn't read
   */
  Body answer(final MapAsked asked, final long sequence) throws Problem {
    final MapRequest request = asked.request();
    final Present present;
    synchronized (this) {
      present = maps.computeIfAbsent(asked, (key) -> new Present());
    }
    return present.answer(journal, asked, request, sequence);
  }

  /** One map; who asks while it is being made waits for it. */
  private static final class Present {
    private Body body;
    private Object settings;
    private long sequence;
    private long events;
    private long madeAt;

    private record Made(long events, MapAnswer answer) {}

    synchronized Body answer(
        final LiveJournal journal,
        final MapAsked asked,
        final MapRequest request,
        final long wanted)
        throws Problem {
      final Object now = journal.follower().settings();
      final boolean isSame = body != null && settings == now;
      if (isSame && sequence >= wanted && System.nanoTime() - madeAt < FRESH_NANOS) {
        return body;
      }
      final long have = isSame ? events : -1;
      final Made made =
          journal.ask(
              (map) -> map.events() == have ? null : new Made(map.events(), request.one(map)));
      if (made != null) {
        final MapAnswer answer = made.answer();
        body =
            Body.json(Json.text(answer))
                .tagged(answer.sequence() + "-" + answer.stateHash() + "-" + asked.tag());
        settings = now;
        sequence = answer.sequence();
        events = made.events();
      }
      madeAt = System.nanoTime();
      return body;
    }
  }
}
