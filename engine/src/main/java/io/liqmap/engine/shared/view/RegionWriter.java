package io.liqmap.engine.shared.view;

import java.lang.invoke.VarHandle;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The writer's half of the protocol, for one instrument: which slot is next, and when readers may
 * see it.
 *
 * <p>One thread. Never waits, allocates nothing.
 */
final class RegionWriter {
  private final ViewLayout layout;
  private final UnsafeBuffer buffer;
  private final int instrument;
  private long body;
  private long publication;

  /**
   * Claims an instrument's region.
   *
   * @throws IllegalArgumentException if the view has no room for such a number
   * @throws IllegalStateException if the region has a writer, or the view is for reading only
   */
  RegionWriter(final ViewMemory memory, final int instrument) {
    memory.claim(instrument);
    layout = memory.layout();
    buffer = memory.buffer();
    this.instrument = instrument;
  }

  /** Reclaims the oldest body; returns where the next one is to be written. */
  int beginBody() {
    final int slot = layout.body(instrument, body + 1);
    reclaim(slot, body + 1);
    return slot;
  }

  void endBody() {
    body++;
    // A reader that sees the number sees the content.
    buffer.putLongRelease(layout.body(instrument, body) + ViewLayout.STAMP, body);
  }

  /** Reclaims the oldest header; returns where the next one is to be written. */
  int beginHeader() {
    final int slot = layout.header(instrument, publication + 1);
    reclaim(slot, publication + 1);
    buffer.putLong(slot + ViewLayout.BODY, body);
    return slot;
  }

  void endHeader() {
    publication++;
    buffer.putLongRelease(layout.header(instrument, publication) + ViewLayout.STAMP, publication);
    // A reader that sees this number sees the slots that it refers to.
    buffer.putLongRelease(layout.region(instrument) + ViewLayout.LATEST, publication);
  }

  private void reclaim(final int slot, final long number) {
    buffer.putLongOpaque(slot + ViewLayout.STAMP, -number);
    // No new byte of the slot may be seen before the stamp that reclaims it.
    VarHandle.releaseFence();
  }
}
