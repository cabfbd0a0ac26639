package io.liqmap.engine.shared.view;

import java.lang.invoke.VarHandle;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The writer's half of the protocol, for one region: which slot is next, and when readers may see
 * it.
 *
 * <p>One thread. Never waits, allocates nothing.
 */
final class RegionWriter {
  private final ViewLayout layout;
  private final UnsafeBuffer buffer;
  private final int region;
  private long body;
  private long publication;

  /**
   * Claims a region.
   *
   * @throws IllegalArgumentException if the view has no room for such a number
   * @throws IllegalStateException if the region has a writer, or the view is for reading only
   */
  RegionWriter(final ViewMemory memory, final int region) {
    memory.claim(region);
    layout = memory.layout();
    buffer = memory.buffer();
    this.region = region;
  }

  /** Reclaims the oldest body; returns where the next one is to be written. */
  int beginBody() {
    final int slot = layout.body(region, body + 1);
    reclaim(slot, body + 1);
    return slot;
  }

  void endBody() {
    body++;
    // A reader that sees the number sees the content.
    buffer.putLongRelease(layout.body(region, body) + ViewLayout.STAMP, body);
  }

  /** Reclaims the oldest header; returns where the next one is to be written. */
  int beginHeader() {
    final int slot = layout.header(region, publication + 1);
    reclaim(slot, publication + 1);
    buffer.putLong(slot + ViewLayout.BODY, body);
    return slot;
  }

  void endHeader() {
    publication++;
    buffer.putLongRelease(layout.header(region, publication) + ViewLayout.STAMP, publication);
    // A reader that sees this number sees the slots that it refers to.
    buffer.putLongRelease(layout.region(region) + ViewLayout.LATEST, publication);
  }

  private void reclaim(final int slot, final long number) {
    buffer.putLongOpaque(slot + ViewLayout.STAMP, -number);
    // No new byte of the slot may be seen before the stamp that reclaims it.
    VarHandle.releaseFence();
  }
}
