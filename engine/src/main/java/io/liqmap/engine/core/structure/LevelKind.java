package io.liqmap.engine.core.structure;

/** What a level of the price structure is. */
public enum LevelKind {
  /** Bucket with the most volume. */
  POINT_OF_CONTROL,
  /** Bucket with more volume than around it. */
  HIGH_VOLUME_NODE,
  /** Lowest bucket of the value area. */
  VALUE_AREA_LOW,
  /** Highest bucket of the value area. */
  VALUE_AREA_HIGH,
  /** Confirmed swing high. */
  SWING_HIGH,
  /** Confirmed swing low. */
  SWING_LOW;

  /** Its bit where several kinds are one number. */
  public int bit() {
    return 1 << ordinal();
  }
}
