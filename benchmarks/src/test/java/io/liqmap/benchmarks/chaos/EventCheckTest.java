package io.liqmap.benchmarks.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class EventCheckTest {
  private final EventCheck check = new EventCheck();

  private String after(final long sequence, final long input, final long lapped) {
    final UnsafeBuffer event = new UnsafeBuffer(new byte[32]);
    event.putLong(8, sequence, ByteOrder.LITTLE_ENDIAN);
    event.putLong(16, input, ByteOrder.LITTLE_ENDIAN);
    check.on(event, 0, lapped);
    return check.flaw();
  }

  @Test
  void shouldTakeHolesOfAReaderThatWasLapped() {
    assertNull(after(7, 100, 0));
    assertNull(after(8, 100, 0));
    assertNull(after(50, 300, 1));
    assertNull(after(51, 301, 1));
    assertEquals(4, check.events());
  }

  @Test
  void shouldFindAHole() {
    assertNull(after(7, 100, 0));
    assertEquals("the stream of events: 9 follows 7, lapped 0", after(9, 100, 0));
  }

  @Test
  void shouldFindAnEventThatComesAgain() {
    assertNull(after(7, 100, 0));
    assertEquals("the stream of events: 7 follows 7, lapped 1", after(7, 100, 1));
  }

  @Test
  void shouldFindACauseThatGoesBack() {
    assertNull(after(7, 100, 0));
    assertEquals("the stream of events: event 8 is of input 99 after 100", after(8, 99, 0));
  }
}
