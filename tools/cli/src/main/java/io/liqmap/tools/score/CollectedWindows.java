package io.liqmap.tools.score;

import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.engine.core.model.DistanceTier;
import java.util.List;

/**
 * What a replay saw of one instrument.
 *
 * @param name venue and symbol
 * @param label what it is called in a text
 * @param quoteAsset unit of all notionals
 * @param models names of the models, the one that answers first
 * @param learning names of those that learn, and so expect something beside their maps
 * @param tiers distance tiers; none where no model has any
 * @param forcedPerReported liquidations for one that the venue reports
 * @param reports how complete its reports are
 * @param windows to be scored, in the order of time
 * @param all windows, left-out ones included
 * @param leftOut windows that aren't among those to be scored
 */
record CollectedWindows(
    InstrumentName name,
    String label,
    String quoteAsset,
    List<String> models,
    List<String> learning,
    List<DistanceTier> tiers,
    double forcedPerReported,
    Reports reports,
    List<ScoreWindow> windows,
    long all,
    LeftOut leftOut) {

  /** Factor from reported to realised: what is throttled is left out, and not scaled. */
  double correction() {
    return reports == Reports.THROTTLED ? 1 : forcedPerReported;
  }
}
