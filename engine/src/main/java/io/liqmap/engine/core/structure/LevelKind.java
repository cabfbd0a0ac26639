package io.liqmap.engine.core.structure;

/** What a level of the price structure is. */
public enum LevelKind {
  /** Bucket with the most volume. */
  POINT_OF_CONTROL,
  /** Bucket with more volume than around it. */
  HIGH_VOLUME_NODE,
  VALUE_AREA_LOW,
  VALUE_AREA_HIGH,
  SWING_HIGH,
  SWING_LOW;

  /** Its bit where several kinds are one number. */
  public int bit() {
    return 1 << ordinal();
  }
}
