package io.liqmap.engine.core.calibration;

/** How far a map's amounts have been borne out by reported liquidations. */
public enum CalibrationStatus {
  /** Too few days with sweeps and reports to say anything. */
  UNPROVEN,
  /** The interval of expected over realised lies within ½ and 2. */
  CALIBRATED,
  /** The interval lies beyond ½ or 2: amounts are wrong by more than a factor of two. */
  UNCALIBRATED,
  /** The interval reaches across ½ or 2. */
  UNDECIDED
}
