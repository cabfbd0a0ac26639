package io.liqmap.tools.answer;

import io.liqmap.engine.core.calibration.LearnedProfile;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.DistanceTier;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.settings.SettingsText;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What a model has learned of an instrument's positions.
 *
 * @param instrument symbol
 * @param venue of the instrument
 * @param time of the last event
 * @param stateHash hash of the engine's state
 * @param model that learns
 * @param profile name for it in settings
 * @param tiers by distance, the nearest first
 * @param outOfReach share of a side that no price within reach liquidates
 * @param backgroundPerHour share of a side liquidated an hour of no level
 * @param backgroundPerMove share of a side liquidated of no level for a move of 1 against it
 * @param label symbol, or venue and symbol where the journal has several of the symbol
 */
public record ProfileAnswer(
    String instrument,
    String venue,
    String time,
    String stateHash,
    String model,
    String profile,
    List<Tier> tiers,
    BySide<Double> outOfReach,
    BySide<Double> backgroundPerHour,
    BySide<Double> backgroundPerMove,
    @Json.TextOnly String label) {

  /**
   * A range of distances.
   *
   * @param from nearest, |ln(liquidation price / entry price)|
   * @param to farthest
   * @param share of a side's open interest
   * @param given the same in the settings
   * @param exposure open interests swept of it, for a share of one
   * @param prior whether it is still what settings gave it, for want of exposure
   */
  public record Tier(
      double from,
      double to,
      BySide<Double> share,
      BySide<Double> given,
      BySide<Double> exposure,
      BySide<Boolean> prior) {}

  /**
   * Of a model that learns.
   *
   * @param label what the instrument is called in a text
   * @param model its number
   */
  public static ProfileAnswer of(
      final InstrumentMap map,
      final String label,
      final int model,
      final String time,
      final String stateHash) {
    final ModelSettings settings = map.settings().models().get(model);
    return new ProfileAnswer(
        map.instrument().symbol(),
        map.instrument().venue(),
        time,
        stateHash,
        settings.name(),
        label.replace(':', '-') + "-" + settings.name(),
        IntStream.range(0, settings.profile().size())
            .mapToObj((tier) -> tier(map, model, tier))
            .toList(),
        BySide.of((side) -> map.outOfReach(model, side)),
        BySide.of((side) -> map.learned(model, side).backgroundPerHour()),
        BySide.of((side) -> map.learned(model, side).backgroundPerMove()),
        label);
  }

  private static Tier tier(final InstrumentMap map, final int model, final int number) {
    final DistanceTier range =
        (DistanceTier) map.settings().models().get(model).profile().get(number);
    final LearnedProfile longs = map.learned(model, Side.LONG);
    final LearnedProfile shorts = map.learned(model, Side.SHORT);
    return new Tier(
        range.from(),
        range.to(),
        new BySide<>(longs.share(number), shorts.share(number)),
        new BySide<>(longs.given(number), shorts.given(number)),
        new BySide<>(longs.exposure(number), shorts.exposure(number)),
        new BySide<>(longs.isPrior(number), shorts.isPrior(number)));
  }

  /** Writes settings that run the model with these shares. */
  public void print(final PrintWriter out) {
    out.printf(
        "# Learned by model %s from %s until %s (state %s).%n", model, label, time, stateHash);
    out.println(
        "# Exposure: open interests swept for a share of one, long and short; a prior is still what");
    out.println("# settings gave it. A profile of one market and time, not of others.");
    final String name = SettingsText.quote(profile);
    out.printf("profiles.%s = [%n", name);
    double longs = 1;
    double shorts = 1;
    for (final Tier tier : tiers) {
      longs -= tier.share.longs();
      shorts -= tier.share.shorts();
      out.printf(
          "  { from = %s, to = %s, long = %s, short = %s } # exposure %s%s, %s%s%n",
          SettingsText.number(tier.from),
          SettingsText.number(tier.to),
          SettingsText.number(tier.share.longs()),
          SettingsText.number(tier.share.shorts()),
          exposure(tier.exposure.longs()),
          tier.prior.longs() ? " (prior)" : "",
          exposure(tier.exposure.shorts()),
          tier.prior.shorts() ? " (prior)" : "");
    }
    out.printf("  %s%n]%n", SettingsText.outOfReach(longs, shorts));
    out.printf(
        "models.%s { profile = %s, learning.mode = frozen }%n", SettingsText.quote(model), name);
    out.flush();
  }

  private static String exposure(final double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
