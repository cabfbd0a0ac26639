package io.liqmap.engine.core.state;

/** A part of a state, that can be written by itself. */
public interface StatePiece {
  void encode(StateWriter out);
}
