package io.liqmap.engine.core.structure;

/**
 * A bucket with more volume than around it.
 *
 * @param bucket the bucket
 * @param quantity decayed volume of the bucket and its neighbours within the smoothing radius,
 *     quantity mantissas
 * @param share of all decayed volume, 0 to 1
 */
public record VolumeNode(int bucket, double quantity, double share) {}
