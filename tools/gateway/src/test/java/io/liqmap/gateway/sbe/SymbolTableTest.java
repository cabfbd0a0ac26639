package io.liqmap.gateway.sbe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.liqmap.engine.feed.InstrumentDefinition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class SymbolTableTest {
  /** Symbols of two letters: many are beginnings of others, many meet in a slot. */
  @Test
  void shouldFindEachSymbolAndNoOther() {
    final SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 200; round++) {
      final List<String> symbols =
          IntStream.range(0, random.nextInt(40))
              .mapToObj((i) -> symbol(random))
              .distinct()
              .toList();
      final List<InstrumentDefinition> instruments = new ArrayList<>();
      for (final String symbol : symbols) {
        instruments.add(VenueMessages.instrument(instruments.size(), symbol, -2, -3, 1, 1));
      }
      final SymbolTable table = new SymbolTable(instruments);
      for (int i = 0; i < 200; i++) {
        final String symbol = i < symbols.size() ? symbols.get(i) : symbol(random);
        final byte[] bytes = ("x" + symbol + "A").getBytes(StandardCharsets.US_ASCII);
        assertEquals(
            symbols.indexOf(symbol), table.find(new UnsafeBuffer(bytes), 1, symbol.length()));
      }
    }
  }

  private static String symbol(final SplittableRandom random) {
    final StringBuilder symbol = new StringBuilder();
    for (int length = 1 + random.nextInt(12); length > 0; length--) {
      symbol.append(random.nextBoolean() ? 'A' : 'B');
    }
    return symbol.toString();
  }
}
