package io.liqmap.engine.core.map;

import io.liqmap.engine.core.margin.Side;
import java.util.Arrays;

/**
 * Notionals by liquidation bucket of a {@link MapVariant}: the weighted mean of several models, of
 * all positions or of those opened within a window, as {@link MapSnapshot} has them for reports.
 *
 * <p>Notionals are in the quote asset, at the centre of their bucket. On the thread that owns the
 * map; allocates only when the map has grown, or its lines lie farther away than before.
 */
public final class BlendedDensity implements SummedDensity {
  private final InstrumentMap map;
  private final Window window;
  private final ModelPart[] parts;
  private final double[] leverages;
  private final BlendedSide longs;
  private final BlendedSide shorts;
  private final boolean isConsensus;
  private long since;

  /** Makes an empty one. */
  public BlendedDensity(final InstrumentMap map, final MapVariant variant) {
    this.map = map;
    window = variant.window();
    isConsensus = variant.isConsensus();
    final double[] shares = variant.shares(map.settings());
    int count = 0;
    for (final double share : shares) {
      count += share > 0 ? 1 : 0;
    }
    parts = new ModelPart[count];
    int part = 0;
    for (int model = 0; model < shares.length; model++) {
      if (shares[model] > 0) {
        parts[part++] = new ModelPart(map, model, shares[model], window);
      }
    }
    leverages =
        Arrays.stream(parts)
            .flatMapToDouble((of) -> Arrays.stream(of.leverages()))
            .distinct()
            .sorted()
            .toArray();
    for (final ModelPart of : parts) {
      of.placeLeverages(leverages);
    }
    longs = new BlendedSide(map, Side.LONG, parts);
    shorts = new BlendedSide(map, Side.SHORT, parts);
  }

  /**
   * Projects open positions as they are now, trades since the last open interest included.
   *
   * @param now where the window ends, ns: the time of the last event of any instrument
   */
  public void project(final long now) {
    since = now - window.nanos();
    for (final ModelPart part : parts) {
      since = Math.min(since, part.begin(now - window.nanos()));
    }
    longs.project();
    shorts.project();
  }

  /** The map that it is of. */
  public InstrumentMap map() {
    return map;
  }

  @Override
  public BlendedSide on(final Side side) {
    return side == Side.LONG ? longs : shorts;
  }

  /** Whether it is the mean of all models. */
  public boolean isConsensus() {
    return isConsensus;
  }

  /** Time since which the positions were opened, ns; 0 where all are shown. */
  public long since() {
    return window == Window.ALL ? 0 : since;
  }

  /** Notional that sweeps took off the maps of its models, in their shares, quote asset. */
  public double sweptNotional(final Side side) {
    double sum = 0;
    for (final ModelPart part : parts) {
      sum += part.share() * map.sweptNotional(part.model(), side);
    }
    return sum;
  }

  @Override
  public int leverages() {
    return leverages.length;
  }

  @Override
  public double leverage(final int number) {
    return leverages[number];
  }

  @Override
  public void byLeverage(final Side side, final int low, final int high, final double[] notionals) {
    Arrays.fill(notionals, 0);
    for (final ModelPart part : parts) {
      part.addByLeverage(side, low, high, notionals);
    }
  }
}
