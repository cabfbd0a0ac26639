package io.liqmap.tools.venue;

import io.liqmap.engine.settings.ConfigException;
import io.liqmap.engine.settings.Range;
import io.liqmap.engine.settings.Section;
import io.liqmap.engine.settings.SettingsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The scenarios of a file such as {@code config/laboratory.conf}. Immutable. */
public final class Scenarios {
  private static final Range SHARE = Range.of(0, 1);
  private static final Range SPREAD = Range.of(0, 3);
  private static final Range SIZE = Range.above("0", "1e12");
  private static final Range DISTANCE = Range.above("0", "5");

  private final Map<String, Scenario> scenarios;

  private Scenarios(final Map<String, Scenario> scenarios) {
    this.scenarios = scenarios;
  }

  /**
   * Reads a file.
   *
   * @throws ConfigException if it is missing or wrong, listing every problem with its line
   */
  public static Scenarios load(final Path file) {
    return SettingsFile.read(file, Scenarios::read);
  }

  private static Scenarios read(final Section top) {
    final Section classSection = top.section("traders");
    final Map<String, TraderClass> classes =
        classSection.byName((name) -> traders(classSection.section(name), name));
    final Section mixtureSection = top.section("mixtures");
    final Map<String, Mixture> mixtures =
        mixtureSection.byName(
            (name) -> mixture(mixtureSection.section(name), name, classSection, classes));
    top.section("defaults");
    final Section section = top.section("scenarios");
    final Map<String, Scenario> scenarios =
        section.byName((name) -> scenario(section.section(name), name, mixtureSection, mixtures));
    return top.make(() -> new Scenarios(scenarios));
  }

  private static TraderClass traders(final Section at, final String name) {
    final double longDistance = at.number("long-distance", DISTANCE);
    final double shortDistance = at.number("short-distance", DISTANCE);
    final double distanceSpread = at.number("distance-spread", SPREAD);
    final double size = at.number("size", SIZE);
    final double sizeSpread = at.number("size-spread", SPREAD);
    final long hold = at.nanos("hold", "1m", "3650d");
    final double holdSpread = at.number("hold-spread", SPREAD);
    final double holdByDistance = at.number("hold-by-distance", Range.of("-3", "3"));
    final double follows = at.number("follows", Range.of("-1", "1"));
    final double stops = at.number("stops", SHARE);
    final double profits = at.number("profits", SHARE);
    final double addsMargin = at.number("adds-margin", SHARE);
    final double cross = at.number("cross", SHARE);
    return at.make(
        () ->
            new TraderClass(
                name,
                longDistance,
                shortDistance,
                distanceSpread,
                size,
                sizeSpread,
                hold,
                holdSpread,
                holdByDistance,
                follows,
                stops,
                profits,
                addsMargin,
                cross));
  }

  private static Mixture mixture(
      final Section at,
      final String name,
      final Section classSection,
      final Map<String, TraderClass> classes) {
    final List<Mixture.Part> parts = new ArrayList<>();
    final Map<String, Double> shares =
        at.byName((traders) -> at.number(traders, Range.above("0", "1")));
    shares.forEach(
        (traders, share) -> {
          if (classes.containsKey(traders)) {
            parts.add(new Mixture.Part(classes.get(traders), share));
          } else if (!classSection.has(traders)) {
            at.reject(traders, "a share", "names under traders: " + classes.keySet());
          }
        });
    final double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
    if (Math.abs(sum - 1) > 1e-9) {
      at.rejectItself("shares that add up to " + sum, "1 altogether");
    }
    return at.make(() -> new Mixture(name, parts));
  }

  private static Scenario scenario(
      final Section at,
      final String name,
      final Section mixtureSection,
      final Map<String, Mixture> mixtures) {
    final String mixture = at.text("mixture", 64);
    if (!mixture.isEmpty() && !mixtureSection.has(mixture)) {
      at.reject("mixture", "\"" + mixture + "\"", "a name under mixtures: " + mixtures.keySet());
    }
    final PriceSettings price = price(at.section("price"));
    final VenueSettings venue = venue(at.section("venue"));
    final double forced = at.number("forced-per-reported", Range.of(1, 100));
    return at.make(
        () ->
            // A wrong mixture was reported at its own key.
            mixtures.containsKey(mixture)
                ? new Scenario(name, mixtures.get(mixture), price, venue, forced)
                : null);
  }

  private static PriceSettings price(final Section at) {
    final double drift = at.number("drift", Range.of("-0.2", "0.2"));
    final double volatility = at.number("volatility", SHARE);
    final double clustering = at.number("clustering", SPREAD);
    final double jumpsPerDay = at.number("jumps-per-day", Range.of(0, 1_000));
    final double jump = at.number("jump", Range.of("-0.5", "0.5"));
    final double jumpSpread = at.number("jump-spread", Range.of("0", "0.5"));
    final double jumpKept = at.number("jump-kept", SHARE);
    final double depth = at.number("depth", Range.above("0", "100"));
    final double depletion = at.number("depletion", Range.of(0, 100));
    final double impactKept = at.number("impact-kept", SHARE);
    final long recovery = at.nanos("recovery", "1s", "1d");
    return at.make(
        () ->
            new PriceSettings(
                drift,
                volatility,
                clustering,
                jumpsPerDay,
                jump,
                jumpSpread,
                jumpKept,
                depth,
                depletion,
                impactKept,
                recovery));
  }

  private static VenueSettings venue(final Section at) {
    final double startPrice = at.number("start-price", SIZE);
    final double openInterest = at.number("open-interest", SIZE);
    final double ordersPerSecond = at.number("orders-per-second", Range.above("0", "1000"));
    final long mark = at.nanos("mark-interval", "1s", "1h");
    final long openInterestInterval = at.nanos("open-interest-interval", "1s", "1d");
    final long quotes = at.nanos("quote-interval", "0s", "1h");
    final Prints prints = at.choice("prints", List.of(Prints.values()));
    return at.make(
        () ->
            new VenueSettings(
                startPrice,
                openInterest,
                ordersPerSecond,
                mark,
                openInterestInterval,
                quotes,
                prints));
  }

  /** Names of the scenarios, in alphabetical order. */
  public Set<String> names() {
    return scenarios.keySet();
  }

  /**
   * A scenario.
   *
   * @throws IllegalArgumentException if there is none of the name, listing those that there are
   */
  public Scenario of(final String name) {
    if (!scenarios.containsKey(name)) {
      throw new IllegalArgumentException(
          "there is no scenario \"" + name + "\", only " + String.join(", ", names()));
    }
    return scenarios.get(name);
  }
}
