package io.liqmap.tools.score;

/** Cholesky factors of a small positive definite matrix. */
final class Cholesky {
  private final double[][] lower;

  /**
   * Factors a matrix.
   *
   * @param matrix its lower triangle
   * @param added to its diagonal, above 0
   */
  Cholesky(final double[][] matrix, final double[] added) {
    final int size = added.length;
    lower = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j] + (i == j ? added[i] : 0);
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        lower[i][j] = i == j ? Math.sqrt(Math.max(sum, added[i])) : sum / lower[j][j];
      }
    }
  }

  double[] solve(final double[] right) {
    final int size = right.length;
    final double[] x = right.clone();
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= lower[i][k] * x[k];
      }
      x[i] /= lower[i][i];
    }
    for (int i = size - 1; i >= 0; i--) {
      for (int k = i + 1; k < size; k++) {
        x[i] -= lower[k][i] * x[k];
      }
      x[i] /= lower[i][i];
    }
    return x;
  }
}
