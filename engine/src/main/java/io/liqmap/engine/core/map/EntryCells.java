package io.liqmap.engine.core.map;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.state.LargePiece;
import io.liqmap.engine.core.state.StatePiece;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;

/** The cells in use of all models, as a part of the state. One thread. */
final class EntryCells implements LargePiece {
  private final BucketSpan span;
  private final ModelBook[] books;

  /** The copy that what has changed refers to. */
  private EntryCellsCopy copy;

  EntryCells(final BucketSpan span, final ModelBook[] books) {
    this.span = span;
    this.books = books;
  }

  @Override
  public void encode(final StateWriter out) {
    final int countAt = out.position();
    out.putLong(0);
    int count = 0;
    for (int entry = span.base(); entry < span.base() + span.size(); entry++) {
      final int cell = span.cell(entry);
      if (span.isInUse(cell)) {
        encodeCell(cell, out);
        count++;
      }
    }
    out.patchLong(countAt, count);
  }

  void encodeCell(final int cell, final StateWriter out) {
    span.encodeCell(cell, out);
    for (final ModelBook book : books) {
      book.ledger(Side.LONG).encodeCell(cell, out);
      book.ledger(Side.SHORT).encodeCell(cell, out);
    }
  }

  void decode(final StateReader in) {
    for (int count = in.getInt(0, span.size()); count > 0; count--) {
      final int cell = span.decodeCell(in);
      for (final ModelBook book : books) {
        book.ledger(Side.LONG).decodeCell(cell, in);
        book.ledger(Side.SHORT).decodeCell(cell, in);
      }
    }
  }

  /** Bytes of a cell at most. */
  int cellBytes() {
    int bytes = BucketSpan.CELL_BYTES;
    for (final ModelBook book : books) {
      bytes += book.ledger(Side.LONG).cellBytes() + book.ledger(Side.SHORT).cellBytes();
    }
    return bytes;
  }

  @Override
  public StatePiece copied(final StatePiece before) {
    if (before == null || before != copy) {
      copy = before instanceof EntryCellsCopy earlier ? earlier : new EntryCellsCopy(cellBytes());
      span.changeAll();
    }
    copy.update(span, this);
    return copy;
  }
}
