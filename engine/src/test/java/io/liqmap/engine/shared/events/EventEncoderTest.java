package io.liqmap.engine.shared.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.clusters.MapEvent;
import io.liqmap.engine.core.clusters.NumberedEvent;
import java.util.EnumSet;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EventEncoderTest {
  private static final int OFFSET = 16;
  private static final byte UNTOUCHED = 0x55;

  private final NumberedEvent numbered = new NumberedEvent();
  private final EventEncoder encoder = new EventEncoder();
  private final UnsafeBuffer buffer =
      new UnsafeBuffer(new byte[OFFSET + EventEncoder.MAX_LENGTH + OFFSET]);

  @ParameterizedTest
  @EnumSource
  void shouldKeepEveryFieldOfEachKind(final MapEvent.Kind kind) {
    // As many numbers as there are flags, sides and kinds to combine.
    for (long number = 1; number <= 128 * 2 * 8; number++) {
      final MapEvent event = numbered.of(number);
      if (event.kind() == kind) {
        buffer.setMemory(0, buffer.capacity(), UNTOUCHED);
        final int length = encoder.encode(number, event, buffer, OFFSET);
        assertEquals(number, new ReceivedEvent().check(buffer, OFFSET, length));
        assertTrue(length <= EventEncoder.MAX_LENGTH, "length " + length);
        assertEquals(UNTOUCHED, buffer.getByte(OFFSET - 1));
        assertEquals(UNTOUCHED, buffer.getByte(OFFSET + length));
      }
    }
  }

  @Test
  void shouldKeepTheSequenceApartFromTheInputs() {
    final MapEvent event = numbered.of(1);
    final int length = encoder.encode(Long.MAX_VALUE, event, buffer, OFFSET);
    new ReceivedEvent().check(event, Long.MAX_VALUE, buffer, OFFSET, length);
  }

  @Test
  void shouldBeTestedWithAllKinds() {
    final Set<MapEvent.Kind> kinds = EnumSet.noneOf(MapEvent.Kind.class);
    for (long number = 1; number <= 8; number++) {
      kinds.add(numbered.of(number).kind());
    }
    assertEquals(EnumSet.allOf(MapEvent.Kind.class), kinds);
  }
}
