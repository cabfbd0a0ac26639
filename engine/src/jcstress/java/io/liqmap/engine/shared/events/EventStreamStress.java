package io.liqmap.engine.shared.events;

import io.liqmap.engine.core.clusters.NumberedEvent;
import io.liqmap.engine.shared.SharedFile;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.broadcast.BroadcastBufferDescriptor;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A reader sees whole events, in order, while the writer comes round; and the last of an end. */
@JCStressTest
@Outcome(id = "whole, not lapped", expect = Expect.ACCEPTABLE, desc = "the reader kept up")
@Outcome(id = "whole, lapped", expect = Expect.ACCEPTABLE, desc = "the writer was faster")
@Outcome(expect = Expect.FORBIDDEN, desc = "a mixture, back, or an end without its last event")
@State
public class EventStreamStress implements EventStreamReader.Handler {
  /** Some 16 events. */
  private static final int CAPACITY = 2048;

  private static final int EVENTS_BEFORE = 20;
  private static final int EVENTS = 60;
  private static final int LOOKS = 8;

  private final NumberedEvent numbered = new NumberedEvent();
  private final ReceivedEvent received = new ReceivedEvent();
  private final EventStream stream;
  private final EventStreamReader reader;
  private long last;
  private boolean isOrdered = true;

  /** Fills the ring, and joins. */
  public EventStreamStress() {
    final ByteBuffer bytes =
        ByteBuffer.allocateDirect(
            SharedFile.HEADER_LENGTH + CAPACITY + BroadcastBufferDescriptor.TRAILER_LENGTH);
    stream = new EventStream(new StreamFile(bytes, null));
    for (int i = 1; i <= EVENTS_BEFORE; i++) {
      stream.send(numbered.of(i));
    }
    reader = new EventStreamReader(new StreamFile(bytes, null));
  }

  /** Comes round several times, and ends. */
  @Actor
  public void write() {
    for (int i = EVENTS_BEFORE + 1; i <= EVENTS; i++) {
      stream.send(numbered.of(i));
    }
    stream.close();
  }

  /** Looks again and again. */
  @Actor
  public void read(final LL_Result result) {
    try {
      for (int i = 0; i < LOOKS; i++) {
        final boolean hasEnded = reader.hasEnded();
        reader.poll(this, EVENTS);
        if (hasEnded && last != EVENTS) {
          result.r1 = "ended behind " + last;
          return;
        }
      }
      result.r1 = isOrdered ? "whole" : "back";
    } catch (final AssertionError | IllegalStateException e) {
      result.r1 = "a mixture";
    }
    result.r2 = reader.lapped() > 0 ? "lapped" : "not lapped";
  }

  @Override
  public void on(final DirectBuffer buffer, final int offset, final int length) {
    final long sequence = received.check(buffer, offset, length);
    isOrdered &= sequence > last;
    last = sequence;
  }
}
