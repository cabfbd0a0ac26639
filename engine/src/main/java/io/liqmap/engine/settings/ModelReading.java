package io.liqmap.engine.settings;

import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.DistanceTier;
import io.liqmap.engine.core.model.EntrySettings;
import io.liqmap.engine.core.model.ExitSettings;
import io.liqmap.engine.core.model.LearningSettings;
import io.liqmap.engine.core.model.LeverageTier;
import io.liqmap.engine.core.model.Maintenance;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.model.ProfileTier;
import io.liqmap.engine.core.model.SizeClass;
import io.liqmap.engine.core.model.SkewSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads size classes, leverage profiles, and the models that are made of them. */
final class ModelReading {
  private static final Range DISTANCE = Range.above("0", "3");
  private static final Range SHARE = Range.of(0, 1);
  private static final int MAX_TIERS = 64;

  private final Section sizeSection;
  private final Map<String, SizeClass> sizes;
  private final Map<String, List<ProfileTier>> profiles;

  private ModelReading(final Section top) {
    sizeSection = top.section("size-classes");
    sizes =
        sizeSection.byName(
            (name) -> {
              final Double notional = sizeSection.numberOrNull(name, Range.above("0", "1e12"));
              return notional == null ? null : new SizeClass(name, notional);
            });
    final Section profileSection = top.section("profiles");
    profiles = profileSection.byName((name) -> profile(profileSection, name));
  }

  /** The models that the map's settings name, in their order. */
  static List<ModelSettings> read(final Section top, final Section map) {
    final ModelReading reading = new ModelReading(top);
    final List<String> named = SettingsTable.MODELS.read(map);
    final List<String> names = named == null ? List.of() : named;
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
    if (name.equals(MapSnapshot.CONSENSUS)) {
      at.rejectItself("a model of this name", "another name: it means all models together");
    }
    if (name.equals(MapSnapshot.MEASURED)) {
      at.rejectItself("a model of this name", "another name: it means the known positions");
    }
    final Double weight = SettingsTable.WEIGHT.read(at);
    final String profile = at.text("profile", 64);
    final List<ProfileTier> tiers = profiles.getOrDefault(profile, List.of());
    if (!profile.isEmpty() && !profiles.containsKey(profile)) {
      at.reject("profile", "\"" + profile + "\"", "a name under profiles: " + profiles.keySet());
    }
    final Maintenance maintenance = SettingsTable.MAINTENANCE.read(at);
    final LearningSettings learning =
        at.has("learning")
            ? SettingsTable.LEARNING.read(at.section("learning"))
            : LearningSettings.OFF;
    final EntrySettings entries = SettingsTable.ENTRIES.read(at.section("entries"));
    final ExitSettings exits = SettingsTable.EXITS.read(at.section("exits"));
    final Section skew = at.section("skew");
    final SkewSettings.Weights funding = weights(skew, "funding");
    final SkewSettings.Weights flow = weights(skew, "taker-flow");
    final SkewSettings.Weights accounts = weights(skew, "accounts");
    skew.end();
    if (tiers.isEmpty()) {
      at.end();
      return null;
    }
    return at.make(
        () ->
            new ModelSettings(
                name,
                weight,
                tiers,
                learning,
                maintenance,
                entries,
                exits,
                new SkewSettings(funding, flow, accounts)));
  }

  private static SkewSettings.Weights weights(final Section skew, final String signal) {
    return SettingsTable.weights(signal).read(skew.section(signal));
  }

  private List<ProfileTier> profile(final Section in, final String name) {
    final List<Line> lines = in.list(name, Range.of(1, MAX_TIERS), this::line);
    final List<ProfileTier> profile =
        lines.stream().map(Line::tier).filter(Objects::nonNull).toList();
    if (lines.isEmpty() || lines.size() != in.size(name)) {
      return List.of();
    }
    if (profile.isEmpty()) {
      in.reject(name, "no line with a liquidation price", "a line by leverage or by distance");
      return List.of();
    }
    for (final Side side : Side.values()) {
      final double sum = lines.stream().mapToDouble((line) -> line.shares.of(side)).sum();
      if (Math.abs(sum - 1) > 1e-9) {
        in.reject(
            name,
            "shares of "
                + SettingsText.lower(side)
                + "s that add up to "
                + SettingsText.number(sum),
            "1 altogether, with a line { out-of-reach = true, … } for what no price liquidates");
        return List.of();
      }
    }
    return profile;
  }

  /** A line of a profile; without a tier what is out of reach. */
  private record Line(ProfileTier tier, Shares shares) {}

  private record Shares(double longs, double shorts) {
    double of(final Side side) {
      return side == Side.LONG ? longs : shorts;
    }
  }

  private Line line(final Section at) {
    if (at.has("out-of-reach")) {
      if (!at.flag("out-of-reach")) {
        at.reject("out-of-reach", "false", "true, or no such key");
      }
      final Shares shares = shares(at);
      return at.make(() -> new Line(null, shares));
    }
    return at.has("from") || at.has("to") ? distance(at) : leverage(at);
  }

  private static Line distance(final Section at) {
    final double from = at.number("from", DISTANCE);
    final double to = at.number("to", DISTANCE);
    final Shares shares = shares(at);
    return at.make(() -> new Line(new DistanceTier(from, to, shares.longs, shares.shorts), shares));
  }

  private Line leverage(final Section at) {
    final double leverage = at.number("leverage", Range.above("1", "500"));
    final String size = at.text("size", 64);
    final Shares shares = shares(at);
    if (!size.isEmpty() && !sizeSection.has(size)) {
      at.reject("size", "\"" + size + "\"", "a name under size-classes: " + sizes.keySet());
    }
    return at.make(
        () ->
            // A wrong size was reported at its own key.
            sizes.containsKey(size)
                ? new Line(
                    new LeverageTier(leverage, sizes.get(size), shares.longs, shares.shorts),
                    shares)
                : null);
  }

  /** One share for both sides, or one for each. */
  private static Shares shares(final Section at) {
    if (at.has("long") || at.has("short")) {
      return new Shares(at.number("long", SHARE), at.number("short", SHARE));
    }
    final double share = at.number("share", Range.above("0", "1"));
    return new Shares(share, share);
  }
}
