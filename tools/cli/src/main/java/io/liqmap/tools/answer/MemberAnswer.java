package io.liqmap.tools.answer;

import io.liqmap.engine.core.map.GroupDensity;
import io.liqmap.engine.core.map.GroupMap;
import io.liqmap.engine.core.map.GroupMember;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.map.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A member of a group, as its sums have it.
 *
 * @param name venue:symbol
 * @param state live, silent (no event for too long), other_asset (not in the sums), or not_in_feed
 * @param isReference whether the group's mark is its mark
 * @param contract linear or inverse
 * @param quote quote asset, which counts 1:1
 * @param markPrice NaN while unknown
 * @param openInterest one-sided, base asset; NaN while unknown
 * @param coverage share of its open interest that the map shows
 * @param notional of it on the group's map
 * @param share of the group's notional
 * @param lastEvent time of its last event
 * @param ageSeconds age of that, by the feed's own time
 */
record MemberAnswer(
    String name,
    String state,
    @Json.Name("reference") boolean isReference,
    Optional<String> contract,
    Optional<String> quote,
    double markPrice,
    double openInterest,
    Optional<BySide<Double>> coverage,
    BySide<Double> notional,
    BySide<Double> share,
    String lastEvent,
    double ageSeconds) {
  private static final double SECOND_NANOS = 1e9;
  private static final double LONG_SECONDS = 600;

  /**
   * Members of a group in the order of the settings.
   *
   * @param notionals each member's, by side
   */
  static List<MemberAnswer> of(
      final GroupMap group,
      final int model,
      final Window window,
      final List<BySide<Double>> notionals,
      final long now) {
    double longs = 0;
    double shorts = 0;
    for (final BySide<Double> notional : notionals) {
      longs += notional.longs();
      shorts += notional.shorts();
    }
    final List<MemberAnswer> members = new ArrayList<>();
    for (int i = 0; i < group.members(); i++) {
      final BySide<Double> notional = notionals.get(i);
      members.add(
          of(
              group,
              group.member(i),
              model,
              window,
              notional,
              new BySide<>(part(notional.longs(), longs), part(notional.shorts(), shorts)),
              now));
    }
    return members;
  }

  /** The same of the first model's whole map, as it was summed up last. */
  static List<MemberAnswer> of(final GroupMap group, final GroupDensity density, final long now) {
    final List<BySide<Double>> notionals =
        IntStream.range(0, group.members())
            .mapToObj((member) -> BySide.of((side) -> density.total(member, side)))
            .toList();
    return of(group, 0, Window.ALL, notionals, now);
  }

  private static double part(final double notional, final double all) {
    return all > 0 ? notional / all : 0;
  }

  private static MemberAnswer of(
      final GroupMap group,
      final GroupMember member,
      final int model,
      final Window window,
      final BySide<Double> notional,
      final BySide<Double> share,
      final long now) {
    final boolean isKnown = member.map() != null;
    return new MemberAnswer(
        member.name(),
        Format.lower(member.state(now)),
        member == group.reference(now),
        isKnown
            ? Optional.of(Format.lower(member.map().instrument().contract()))
            : Optional.empty(),
        isKnown ? Optional.of(member.map().instrument().quoteAsset()) : Optional.empty(),
        member.markPrice() > 0 ? member.markPrice() : Double.NaN,
        member.openInterest(),
        isKnown ? Optional.of(coverage(member, model, window, now)) : Optional.empty(),
        notional,
        share,
        Format.timeOrNull(member.time()),
        member.time() > 0 ? (now - member.time()) / SECOND_NANOS : Double.NaN);
  }

  private static BySide<Double> coverage(
      final GroupMember member, final int model, final Window window, final long now) {
    final MapSnapshot snapshot = MapSnapshot.of(member.map(), Math.max(0, model), window, now);
    return BySide.of(snapshot::coverage);
  }

  /** The line of a table. */
  String text(final String base) {
    final String line =
        String.format(Locale.ROOT, "%-28s %s", name, isReference ? "mark  " : "      ");
    return switch (state) {
      case "not_in_feed" -> line + "not in the feed";
      case "other_asset" -> line + "left out: its base asset isn't " + base;
      default ->
          line
              + String.format(
                  Locale.ROOT,
                  "%12s  %9s %s  %6s / %6s  %6s / %6s  %s%s",
                  Format.price(markPrice),
                  Format.amount(openInterest),
                  base,
                  Format.percent(coverage.orElseThrow().longs()),
                  Format.percent(coverage.orElseThrow().shorts()),
                  Format.percent(share.longs()),
                  Format.percent(share.shorts()),
                  age(),
                  state.equals("silent") ? "  SILENT" : "");
    };
  }

  /** In one line. */
  String line() {
    return switch (state) {
      case "not_in_feed" -> name + " is not in the feed";
      case "other_asset" -> name + " is left out: it has another base asset";
      default ->
          String.format(
              Locale.ROOT,
              "%s has %s of the longs and %s of the shorts; mark %s, last event %s%s%s",
              name,
              Format.percent(share.longs()),
              Format.percent(share.shorts()),
              Format.price(markPrice),
              age(),
              state.equals("silent") ? ": SILENT" : "",
              isReference ? "; its mark is the group's" : "");
    };
  }

  private String age() {
    if (lastEvent == null) {
      return "no event yet";
    }
    return ageSeconds < LONG_SECONDS
        ? String.format(Locale.ROOT, "%.1f s ago", ageSeconds)
        : Format.duration(Math.round(ageSeconds * SECOND_NANOS)) + " ago";
  }
}
