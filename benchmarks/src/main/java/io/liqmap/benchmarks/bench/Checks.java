package io.liqmap.benchmarks.bench;

/** No figure without a right answer. */
final class Checks {
  private Checks() {}

  static void require(final boolean holds, final String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
