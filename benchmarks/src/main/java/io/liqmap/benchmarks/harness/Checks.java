package io.liqmap.benchmarks.harness;

/** No figure without a right answer. */
final class Checks {
  private Checks() {}

  static void require(final boolean holds, final String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
