package io.liqmap.tools.laboratory;

/**
 * What a model has reached in a run.
 *
 * @param model its name, or a control's
 * @param within3 error of its cumulative map within 3 % of mark
 * @param within10 the same within 10 %
 * @param shape earth mover's distance of the shape within 10 %, % of mark
 * @param expectedLong longs that it expected to be liquidated over those that were, after the first
 *     third of the run
 * @param expectedShort the same for shorts
 */
public record Score(
    String model,
    double within3,
    double within10,
    double shape,
    double expectedLong,
    double expectedShort) {}
