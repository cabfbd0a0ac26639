package io.liqmap.engine.core.calibration;

/** How a map's amounts compare with reported liquidations. */
public enum CalibrationStatus {
  /** Too few days with sweeps and reports to say anything. */
  UNPROVEN,
  /** The interval of expected over realised lies within ½ and 2. */
  CALIBRATED,
  /** The interval lies beyond ½ or 2: amounts are wrong by more than a factor of two. */
  UNCALIBRATED,
  /** The interval reaches across ½ or 2. */
  UNDECIDED;

  /** Code of a map that isn't scored. */
  public static final int NOT_SCORED = 255;

  private static final CalibrationStatus[] BY_CODE = values();

  /** Code of a status outside of the process: {@link #NOT_SCORED} for null. */
  public static int code(final CalibrationStatus status) {
    return status == null ? NOT_SCORED : status.ordinal();
  }

  /** Status of a code; null for {@link #NOT_SCORED} and unknown ones. */
  public static CalibrationStatus of(final int code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
  }
}
