package io.liqmap.benchmarks.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.ReplayPace;
import io.liqmap.engine.shared.view.ViewMemory;
import io.liqmap.engine.shared.view.ViewReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A view as an engine left it, and what tearing could make of it. */
class StateCheckTest {
  @TempDir private Path folder;
  private Path view;
  private double mark;
  private double[] longs;

  @BeforeEach
  void publish() throws Exception {
    view = folder.resolve(Outputs.VIEW_FILE);
    final Outputs outputs =
        Outputs.share(folder, ChaosSettings.VIEW, ChaosSettings.EVENT_BYTES, MapListener.NONE);
    try (ChaosFeeds feeds = ChaosFeeds.open(ChaosFeeds.write(folder, 1, 2, 20_000));
        Engine engine = Engine.launch(ChaosSettings.inline(), null, outputs)) {
      engine.run(feeds.merged(), ReplayPace.max());
    }
    try (ViewMemory memory = ViewMemory.open(view)) {
      final ViewReader reader = new ViewReader(memory, 0);
      assertTrue(reader.refresh());
      mark = reader.markPrice();
      longs = reader.cumulative(Side.LONG).clone();
    }
  }

  private String check() throws IOException {
    try (ViewMemory memory = ViewMemory.open(view)) {
      final StateCheck check = new StateCheck(new ViewReader(memory, 0), 0);
      final String flaw = check.refresh();
      assertEquals(1, check.states());
      return flaw;
    }
  }

  /** Wherever it is in the view. */
  private void replace(final double value, final double by) throws IOException {
    final ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(view)).order(ByteOrder.LITTLE_ENDIAN);
    int found = 0;
    for (int at = 0; at + Double.BYTES <= bytes.capacity(); at += Double.BYTES) {
      if (bytes.getLong(at) == Double.doubleToRawLongBits(value)) {
        bytes.putDouble(at, by);
        found++;
      }
    }
    assertTrue(found > 0);
    Files.write(view, bytes.array());
  }

  @Test
  void shouldFindNothingInAWholeState() throws Exception {
    assertNull(check());
  }

  @Test
  void shouldFindSumsThatFall() throws Exception {
    final double last = longs[longs.length - 1];
    assertTrue(last > 0);
    replace(last, last / 2);

    assertTrue(check().endsWith(": has sums that fall"));
  }

  @Test
  void shouldFindAMarkOfTwoPrices() throws Exception {
    replace(mark, mark * 1.001);

    assertTrue(check().endsWith(": has a mark of two prices"));
  }
}
