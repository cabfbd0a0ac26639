package io.liqmap.tools.answer;

import io.liqmap.engine.core.map.GroupMap;
import io.liqmap.engine.core.map.GroupSettings;
import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.engine.market.MapWriter;
import java.util.List;
import java.util.stream.Collectors;

/** Which group an option names. */
public final class GroupChoice {
  private GroupChoice() {}

  /**
   * The group of a name, {@code group:BTC}, or {@code BTC} where no instrument has that symbol;
   * null where it names none that the feed has a member of.
   *
   * @param option that names it
   * @param symbol null for none
   * @throws IllegalArgumentException if it means an instrument and a group of several, or there is
   *     no such group, or the feed has no member of it; says what to do
   */
  public static GroupMap of(final MapWriter writer, final String option, final String symbol) {
    if (symbol == null) {
      return null;
    }
    final String prefix = GroupSettings.VENUE + ":";
    final boolean isGroup = symbol.startsWith(prefix);
    final String name = isGroup ? symbol.substring(prefix.length()) : symbol;
    final GroupMap group =
        writer.groups().stream()
            .filter((one) -> one.settings().name().equals(name))
            .findFirst()
            .orElse(null);
    if (group == null) {
      if (isGroup) {
        throw new IllegalArgumentException(
            option + " " + symbol + ": the journal's settings have " + known(writer.groups()));
      }
      return null;
    }
    final List<InstrumentName> same =
        isGroup ? List.of() : InstrumentName.matching(symbol, writer.maps().names(), (one) -> one);
    if (!same.isEmpty()) {
      if (!group.isActive()) {
        return null;
      }
      throw new IllegalArgumentException(
          option
              + " "
              + symbol
              + " is an instrument and a group: say "
              + same.stream().map(InstrumentName::toString).collect(Collectors.joining(", "))
              + " or "
              + group.settings().fullName());
    }
    if (group.counted() == 0) {
      if (!isGroup) {
        return null;
      }
      throw new IllegalArgumentException(
          option
              + " "
              + symbol
              + ": at that time the feed has no member of the group: "
              + String.join(", ", group.settings().members()));
    }
    return group;
  }

  private static String known(final List<GroupMap> groups) {
    return groups.isEmpty()
        ? "no group"
        : "the groups "
            + groups.stream()
                .map((group) -> group.settings().name())
                .collect(Collectors.joining(", "));
  }
}
