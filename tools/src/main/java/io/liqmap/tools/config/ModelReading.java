package io.liqmap.tools.config;

import io.liqmap.engine.margin.DatedBrackets;
import io.liqmap.engine.margin.MarginRule;
import io.liqmap.engine.margin.Side;
import io.liqmap.engine.model.EntrySettings;
import io.liqmap.engine.model.ExitSettings;
import io.liqmap.engine.model.LeverageTier;
import io.liqmap.engine.model.Maintenance;
import io.liqmap.engine.model.ModelSettings;
import io.liqmap.engine.model.SizeClass;
import io.liqmap.engine.model.SkewSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads size classes, leverage profiles, and the models that are made of them. */
final class ModelReading {
  private static final Range SHARE = Range.above("0", "1");
  private static final Range PART = Range.of("0", "1");
  private static final int MAX_TIERS = 64;
  private static final int MAX_MODELS = 16;

  private final Map<String, DatedBrackets> linear;
  private final Map<String, SizeClass> sizes;
  private final Map<String, List<LeverageTier>> profiles;

  private ModelReading(
      final Section top, final Map<String, DatedBrackets> bySymbol, final DatedBrackets standard) {
    linear = new TreeMap<>(bySymbol);
    if (standard != null) {
      linear.put("(standard-brackets)", standard);
    }
    final Section sizeSection = top.section("size-classes");
    sizes =
        sizeSection.byName(
            (name) -> {
              final double notional = sizeSection.number(name, Range.above("0", "1e12"));
              return sizeSection.isSound() ? new SizeClass(name, notional) : null;
            });
    final Section profileSection = top.section("profiles");
    profiles = profileSection.byName((name) -> profile(profileSection, name));
  }

  /**
   * The models that the map's settings name, in their order.
   *
   * @param linear brackets of linear contracts by symbol, which the profiles have to fit
   */
  static List<ModelSettings> read(
      final Section top,
      final Section map,
      final Map<String, DatedBrackets> linear,
      final DatedBrackets standard) {
    final ModelReading reading = new ModelReading(top, linear, standard);
    final List<String> names = map.names("models", MAX_MODELS);
    final Section section = top.section("models");
    final Map<String, ModelSettings> known =
        section.byName((name) -> reading.model(section.section(name), name));
    final List<ModelSettings> models = new ArrayList<>();
    for (final String name : names) {
      if (known.containsKey(name)) {
        models.add(known.get(name));
      } else if (!section.has(name)) {
        map.reject("models", "\"" + name + "\"", "names under models: " + known.keySet());
      }
    }
    return models;
  }

  private ModelSettings model(final Section at, final String name) {
    final double weight = at.number("weight", Range.of("0", "1e6"));
    final String profile = at.text("profile", 64);
    final List<LeverageTier> tiers = profiles.getOrDefault(profile, List.of());
    if (at.isSound() && tiers.isEmpty() && !profiles.containsKey(profile)) {
      at.reject("profile", "\"" + profile + "\"", "a name under profiles: " + profiles.keySet());
    }
    final Maintenance maintenance =
        at.choice("maintenance", List.of(Maintenance.VENUE, Maintenance.NONE));
    final Section entries = at.section("entries");
    final double turnover = entries.number("turnover", PART);
    final double lean = entries.number("taker-lean", PART);
    final double least = entries.number("min-trade-notional", Range.of("0", "1e12"));
    entries.end();
    final Section exits = at.section("exits");
    final long halfLife = exits.nanos("age-half-life", 0, "0s");
    final double profit = exits.number("profit-bps", Range.of("0", "100000"));
    final ExitSettings exitSettings = exits.make(() -> new ExitSettings(halfLife, profit));
    final Section skew = at.section("skew");
    final SkewSettings.Weights funding = weights(skew.section("funding"));
    final SkewSettings.Weights flow = weights(skew.section("taker-flow"));
    final SkewSettings.Weights accounts = weights(skew.section("accounts"));
    skew.end();
    if (maintenance == Maintenance.VENUE) {
      tiers.forEach((tier) -> checkMargin(at, profile, tier));
    }
    if (tiers.isEmpty() || exitSettings == null) {
      at.end();
      return null;
    }
    return at.make(
        () ->
            new ModelSettings(
                name,
                weight,
                tiers,
                maintenance,
                new EntrySettings(turnover, lean, least),
                exitSettings,
                new SkewSettings(funding, flow, accounts)));
  }

  private static SkewSettings.Weights weights(final Section at) {
    final double leverage = at.number("leverage", Range.of("-2", "2"));
    final double lean = at.number("lean", Range.of("-1", "1"));
    return at.make(() -> new SkewSettings.Weights(leverage, lean));
  }

  private List<LeverageTier> profile(final Section in, final String name) {
    final List<LeverageTier> profile = in.list(name, Range.of(1, MAX_TIERS), this::tier);
    final double sum = profile.stream().mapToDouble(LeverageTier::share).sum();
    if (!profile.isEmpty() && profile.size() == in.size(name) && Math.abs(sum - 1) > 1e-9) {
      in.reject(name, "shares that add up to " + SettingsText.number(sum), "1 altogether");
    }
    return profile.size() == in.size(name) ? profile : List.of();
  }

  private LeverageTier tier(final Section at) {
    final double leverage = at.number("leverage", Range.above("1", "500"));
    final String size = at.text("size", 64);
    final double share = at.number("share", SHARE);
    if (at.isSound() && !sizes.containsKey(size)) {
      at.reject("size", "\"" + size + "\"", "a name under size-classes: " + sizes.keySet());
    }
    return at.make(() -> new LeverageTier(leverage, sizes.get(size), share));
  }

  /** A tier that a venue would liquidate at once would only ever be missing from the map. */
  private void checkMargin(final Section at, final String profile, final LeverageTier tier) {
    int tables = 0;
    String first = "";
    for (final Map.Entry<String, DatedBrackets> entry : linear.entrySet()) {
      final DatedBrackets dated = entry.getValue();
      for (int i = 0; i < dated.size(); i++) {
        if (isLiquidatedAtOnce(tier, dated, i)) {
          tables++;
          first =
              first.isEmpty()
                  ? entry.getKey() + " from " + SettingsText.time(dated.from(i))
                  : first;
        }
      }
    }
    if (tables > 0) {
      at.reject(
          "profile",
          profile + " with " + SettingsText.number(tier.leverage()) + "x",
          "lower leverage: the margin of a position of "
              + SettingsText.number(tier.size().notional())
              + " is not above its maintenance margin under the brackets of "
              + first
              + (tables > 1 ? " and " + (tables - 1) + " more" : "")
              + "; lower the leverage or the size class, or give looser brackets");
    }
  }

  private static boolean isLiquidatedAtOnce(
      final LeverageTier tier, final DatedBrackets dated, final int table) {
    for (final Side side : Side.values()) {
      final double ratio =
          MarginRule.BINANCE_USDM.liquidationRatio(
              side, tier.leverage(), tier.size().notional(), 1, dated.table(table));
      if (!(ratio > 0) || side.sign() * (1 - ratio) <= 0) {
        return true;
      }
    }
    return false;
  }
}
