package io.liqmap.engine.shared.view;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.liqmap.engine.core.clusters.CascadeReach;
import io.liqmap.engine.core.clusters.ClusterState;
import io.liqmap.engine.core.margin.Side;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;

/** Views whose memory somebody else wrote to: refused, or read without a fault, and healed. */
@Tag("fuzz")
final class ViewFuzzTest {
  private static final int CHANGE = 12;
  private static final int MOST_CHANGES = 16;
  private static final int PUBLISHED = 13;
  private static final long HOUR = 3_600_000_000_000L;

  private final ViewLayout layout = NumberedStates.SETTINGS.layout();
  private final ByteBuffer bytes =
      BufferUtil.allocateDirectAligned(layout.length(), ViewLayout.LINE)
          .order(ByteOrder.LITTLE_ENDIAN);
  private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
  private final double[] answers = new double[3];
  private final int[] found = new int[2];
  private final Cascade cascade = new Cascade();
  private final StopAdvice advice = new StopAdvice();

  /**
   * The bytes say which word is changed: four for where, eight for how.
   *
   * <p>Of where, the lowest two bits choose among the whole, the head of the file, the head of the
   * region and the newest slots.
   */
  @FuzzTest
  void shouldReadOrRefuseAChangedFile(final byte[] changes) {
    buffer.setMemory(0, layout.length(), (byte) 0);
    bytes.put(0, ViewFile.header(layout, NumberedStates.SETTINGS), 0, 128);
    final ViewMemory memory = new ViewMemory(bytes, layout, List.of(), null);
    final NumberedStates states = new NumberedStates(memory, 0);
    for (int i = 1; i <= PUBLISHED; i++) {
      states.publish(i % 3 == 1);
    }
    final ViewReader early = new ViewReader(memory, 0);
    early.refresh();
    states.publish(true);
    final boolean isHealed = change(changes);
    try {
      ViewFile.layoutOf(bytes, layout.length());
    } catch (final IllegalArgumentException refused) {
      return;
    }
    final ViewMemory opened = new ViewMemory(bytes, layout, List.of(), null);
    read(opened, early);
    read(opened, new ViewReader(opened, 0));
    for (int i = 0; i < ViewLayout.HEADER_SLOTS; i++) {
      states.publish(true);
    }
    final ViewReader late = new ViewReader(opened, 0);
    assertTrue(late.refresh() || !isHealed, "the newest state isn't read");
    assertNull(isHealed ? NumberedStates.fault(late) : null);
  }

  /** Whether the next publication overwrites all that was changed. */
  private boolean change(final byte[] changes) {
    final UnsafeBuffer input = new UnsafeBuffer(changes);
    final int slots = layout.header(0, 0);
    boolean isHealed = true;
    for (int i = 0; i + CHANGE <= changes.length && i < CHANGE * MOST_CHANGES; i += CHANGE) {
      final int where = input.getInt(i) >>> 1;
      final int from;
      final int to;
      switch (where & 3) {
        case 0 -> {
          from = 0;
          to = layout.length();
        }
        case 1 -> {
          from = 0;
          to = ViewLayout.FILE_HEADER_LENGTH;
        }
        case 2 -> {
          from = layout.region(0);
          to = slots;
        }
        default -> {
          from = slots;
          to = layout.region(1);
        }
      }
      final int word = from + (where >>> 2) % ((to - from) / Long.BYTES) * Long.BYTES;
      buffer.putLong(word, buffer.getLong(word) ^ input.getLong(i + 4));
      isHealed &= word >= slots || word == layout.region(0) + ViewLayout.LATEST;
    }
    return isHealed;
  }

  private void read(final ViewMemory memory, final ViewReader view) {
    assertTrue(memory.symbol(0).length() <= ViewLayout.SYMBOL_LENGTH);
    assertTrue(memory.baseAsset(0).length() <= ViewLayout.ASSET_LENGTH);
    assertTrue(memory.instrument("BTCUSDT") < memory.instruments());
    memory.hasEnded();
    memory.isWriterAlive();
    view.refresh();
    assertTrue(view.leverages() <= layout.leverages());
    assertTrue(view.clusters() >= 0 && view.clusters() <= layout.clusters());
    for (int cluster = 0; cluster < view.clusters(); cluster++) {
      assertTrue(view.clusterState(cluster).compareTo(ClusterState.values()[0]) >= 0);
      for (int leverage = 0; leverage < view.leverages(); leverage++) {
        view.clusterNotional(cluster, leverage);
      }
    }
    ask(new Questions(view), view);
  }

  private void ask(final Questions questions, final ViewReader view) {
    final double mark = view.markPrice();
    questions.cumulative(new double[] {.5 * mark, mark, 2 * mark}, answers);
    for (final Side side : Side.values()) {
      questions.between(side, .5 * mark, 2 * mark);
      questions.priceAt(side, 1e3);
      assertTrue(questions.nearest(side, 1) < Math.max(1, view.clusters()));
      questions.stop(side, mark, .8 * mark, 1.2 * mark, Double.NaN, 50, advice);
    }
    questions.imbalance(100);
    assertTrue(questions.largest(1e4, found) <= found.length);
    questions.cascade(-200, cascade);
    questions.cascade(200, cascade);
    assertTrue(cascade.rounds() <= CascadeReach.MAX_ROUNDS);
    questions.touchProbability(1.1 * mark, HOUR);
    for (int cluster = 0; cluster < view.clusters(); cluster++) {
      questions.peak(cluster);
      questions.distanceSigmas(cluster, HOUR);
    }
  }
}
