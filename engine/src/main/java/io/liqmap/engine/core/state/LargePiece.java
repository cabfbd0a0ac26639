package io.liqmap.engine.core.state;

/** A part of a state of which little changes from one snapshot to the next. */
public interface LargePiece extends StatePiece {
  /**
   * Copies what has changed.
   *
   * @param before an earlier copy, to be brought up to date; null for none
   * @return the copy, which encodes to the same bytes, on any thread
   */
  StatePiece copied(StatePiece before);
}
