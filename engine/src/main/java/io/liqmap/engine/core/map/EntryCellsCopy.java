package io.liqmap.engine.core.map;

import io.liqmap.engine.core.state.StatePiece;
import io.liqmap.engine.core.state.StateWriter;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A copy of {@link EntryCells}: bytes of each cell in use, 64 cells to a group, which exists once a
 * cell of it was in use. One thread at a time; allocates for new groups.
 */
final class EntryCellsCopy implements StatePiece {
  private final int cellBytes;
  private int base;
  private int size;
  private long[] inUse = {};
  private StateWriter[] groups = {};

  /** Bytes by cell. */
  private int[] lengths = {};

  EntryCellsCopy(final int cellBytes) {
    this.cellBytes = cellBytes;
  }

  /** Encodes the cells that have changed since the last update. */
  void update(final BucketSpan span, final EntryCells cells) {
    if (span.size() != size) {
      size = span.size();
      inUse = new long[size >> 6];
      groups = new StateWriter[size >> 6];
      lengths = new int[size];
    }
    base = span.base();
    for (int word = 0; word < inUse.length; word++) {
      inUse[word] = span.inUse(word);
      for (long bits = span.takeChanges(word) & inUse[word]; bits != 0; bits &= bits - 1) {
        encode((word << 6) + Long.numberOfTrailingZeros(bits), cells);
      }
    }
  }

  private void encode(final int cell, final EntryCells cells) {
    if (groups[cell >> 6] == null) {
      groups[cell >> 6] = new StateWriter(new UnsafeBuffer(new byte[cellBytes << 6]));
    }
    final StateWriter group = groups[cell >> 6];
    group.moveTo(start(cell));
    cells.encodeCell(cell, group);
    lengths[cell] = group.position() - start(cell);
  }

  private int start(final int cell) {
    return (cell & 63) * cellBytes;
  }

  @Override
  public void encode(final StateWriter out) {
    int count = 0;
    for (final long word : inUse) {
      count += Long.bitCount(word);
    }
    out.putLong(count);
    for (int entry = base; entry < base + size; entry++) {
      final int cell = entry & size - 1;
      if ((inUse[cell >> 6] >>> cell & 1) != 0) {
        out.putState(groups[cell >> 6].buffer(), start(cell), lengths[cell]);
      }
    }
  }
}
