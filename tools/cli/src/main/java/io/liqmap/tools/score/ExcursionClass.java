package io.liqmap.tools.score;

/** Classes of a window's excursion. */
final class ExcursionClass {
  static final int COUNT = 5;

  /** Lower edges of the classes but the first, shares of the price. */
  private static final double[] EDGES = {0.003, 0.006, 0.012, 0.025};

  private static final String[] NAMES = {"<0.3 %", "0.3–0.6 %", "0.6–1.2 %", "1.2–2.5 %", ">2.5 %"};

  private ExcursionClass() {}

  static int of(final double excursion) {
    int number = 0;
    while (number < EDGES.length && excursion >= EDGES[number]) {
      number++;
    }
    return number;
  }

  static String name(final int number) {
    return NAMES[number];
  }

  /** Lower edge of a class above the first. */
  static double edge(final int number) {
    return EDGES[number - 1];
  }
}
