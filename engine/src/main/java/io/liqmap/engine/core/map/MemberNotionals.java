package io.liqmap.engine.core.map;

/** Notionals of a side of a group's snapshot, by member and bucket. */
final class MemberNotionals {
  private final double[][] notionals;
  private int first;

  MemberNotionals(final int members) {
    notionals = new double[members][0];
  }

  void reserve(final int member, final int firstBucket, final int count) {
    first = firstBucket;
    notionals[member] = new double[count];
  }

  void add(final int member, final int bucket, final double notional) {
    notionals[member][bucket - first] += notional;
  }

  double at(final int member, final int bucket) {
    final int index = bucket - first;
    return index >= 0 && index < notionals[member].length ? notionals[member][index] : 0;
  }

  double total(final int member) {
    double sum = 0;
    for (final double notional : notionals[member]) {
      sum += notional;
    }
    return sum;
  }
}
