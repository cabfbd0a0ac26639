package io.liqmap.engine.shared.view;

import io.liqmap.engine.core.margin.Side;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/** A view, its writer and one reader, small enough to be made by the million. */
final class StressedView {
  private static final ViewSettings SETTINGS = new ViewSettings(1, 16, 1, 1, 10);
  private static final ViewLayout LAYOUT = SETTINGS.layout();

  /** A view costs a question to the operating system: the first is copied. */
  private static final byte[] EMPTY = empty();

  private final UnsafeBuffer buffer;
  private final RegionWriter slots;
  private final ViewReader reader;
  private long body;
  private long publication;

  StressedView() {
    final ViewMemory memory =
        new ViewMemory(ByteBuffer.wrap(EMPTY.clone()).order(ByteOrder.LITTLE_ENDIAN), LAYOUT, null);
    buffer = memory.buffer();
    slots = new RegionWriter(memory, 0);
    reader = new ViewReader(memory, 0);
  }

  private static byte[] empty() {
    final byte[] empty = new byte[LAYOUT.length()];
    ViewMemory.inProcess(SETTINGS).bytes().get(0, empty);
    return empty;
  }

  /** Publishes: every second time with a new body. */
  void publish() {
    if (publication % 2 == 0) {
      body++;
      final int slot = slots.beginBody();
      buffer.putInt(slot + ViewLayout.ANCHOR, (int) body);
      buffer.putInt(slot + ViewLayout.CLUSTER_COUNT, 1);
      for (int i = 0; i < LAYOUT.buckets(); i++) {
        buffer.putDouble(slot + ViewLayout.CUMULATIVE + 8 * i, (double) body);
        buffer.putDouble(slot + LAYOUT.cumulativeShort() + 8 * i, (double) body);
      }
      buffer.putLong(slot + LAYOUT.cluster(0) + ViewLayout.CLUSTER_ID, body);
      slots.endBody();
    }
    publication++;
    final int slot = slots.beginHeader();
    buffer.putLong(slot + ViewLayout.SEQUENCE, publication);
    buffer.putLong(slot + ViewLayout.MISSING, body);
    buffer.putInt(slot + ViewLayout.MARK_BUCKET, (int) publication);
    slots.endHeader();
  }

  /** Reads once, and says what of it is seen. */
  String look() {
    final long before = reader.publication();
    reader.refresh();
    final long now = reader.publication();
    if (now < before) {
      return "back";
    }
    if (now == 0) {
      return "nothing";
    }
    return isWhole(now) ? "whole" : "mixture";
  }

  private boolean isWhole(final long now) {
    final long expected = (now + 1) / 2;
    if (reader.sequence() != now
        || reader.markBucket() != now
        || reader.missing() != expected
        || reader.anchorBucket() != expected
        || reader.clusterId(0) != expected) {
      return false;
    }
    final double[] longs = reader.cumulative(Side.LONG);
    final double[] shorts = reader.cumulative(Side.SHORT);
    for (int i = 0; i < longs.length; i++) {
      if (longs[i] != expected || shorts[i] != expected) {
        return false;
      }
    }
    return true;
  }
}
