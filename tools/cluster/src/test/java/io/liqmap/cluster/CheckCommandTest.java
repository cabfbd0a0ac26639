package io.liqmap.cluster;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.cluster.CheckCommand.CheckAnswer;
import io.liqmap.cluster.CheckCommand.OfFile;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A check that compared nothing doesn't succeed. */
final class CheckCommandTest {
  private static final OfFile EMPTY = new OfFile("all", "empty", 0, 0, null);
  private static final OfFile EQUAL = new OfFile("all", "equal", 8, 1, null);

  private static CheckAnswer answer(final OfFile... files) {
    return new CheckAnswer(true, List.of(), List.of(files));
  }

  @Test
  void shouldFailWhereNothingWasCompared() {
    final Exception e =
        assertThrows(
            IOException.class, () -> CheckCommand.requireCompared(answer(EMPTY, EMPTY), false));
    assertTrue(e.getMessage().startsWith("empty: nothing was compared"), e.getMessage());
  }

  @Test
  void shouldFailWhereANamedFileHasNoHash() {
    assertThrows(IOException.class, () -> CheckCommand.requireCompared(answer(EQUAL, EMPTY), true));
    assertDoesNotThrow(() -> CheckCommand.requireCompared(answer(EQUAL), true));
  }

  @Test
  void shouldAllowAMemberWithoutHashesBesideOthers() {
    assertDoesNotThrow(() -> CheckCommand.requireCompared(answer(EQUAL, EMPTY), false));
  }
}
