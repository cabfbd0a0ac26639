package io.liqmap.tools.live;

import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Dated;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.engine.settings.SettingsText;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A session's instruments as settings: its recording is imported with them. */
public final class SessionInstruments {
  private SessionInstruments() {}

  /**
   * Gives instruments the definitions that are known of them; the others get the next free ids.
   *
   * @param listed as their venues list them
   * @param known as a journal or the settings have them
   * @param taken ids of others
   */
  public static List<InstrumentDefinition> numbered(
      final List<InstrumentDefinition> listed,
      final Collection<InstrumentDefinition> known,
      final Collection<InstrumentDefinition> taken) {
    final Set<Integer> ids = new HashSet<>();
    known.forEach((it) -> ids.add(it.id()));
    taken.forEach((it) -> ids.add(it.id()));
    int next = 0;
    final List<InstrumentDefinition> result = new ArrayList<>();
    for (final InstrumentDefinition instrument : listed) {
      final InstrumentDefinition old =
          known.stream()
              .filter((it) -> it.venue().equals(instrument.venue()))
              .filter((it) -> it.symbol().equals(instrument.symbol()))
              .findFirst()
              .orElse(null);
      if (old == null) {
        while (!ids.add(next)) {
          next++;
        }
      }
      result.add(old == null ? withId(instrument, next) : old);
    }
    return result;
  }

  private static InstrumentDefinition withId(final InstrumentDefinition of, final int id) {
    return new InstrumentDefinition(
        id,
        of.symbol(),
        of.venue(),
        of.baseAsset(),
        of.quoteAsset(),
        of.priceExponent(),
        of.quantityExponent(),
        of.contractKind(),
        of.openInterestUnit(),
        of.openInterestSides(),
        of.tickSize(),
        of.lotSize(),
        of.contractMultiplier(),
        of.origin());
  }

  /**
   * Writes them over a user's settings.
   *
   * @param user file of the user; null for none
   * @param tables today's brackets, of those whose venue published some
   * @param today when they were asked for, ns since 1970
   */
  public static void write(
      final Path file,
      final Path user,
      final LiqmapConfig base,
      final List<InstrumentDefinition> instruments,
      final Map<InstrumentDefinition, BracketTable> tables,
      final long today)
      throws IOException {
    final StringBuilder text = new StringBuilder();
    text.append("# Instruments of a live session. Run an import of its recording with them.\n");
    final int highest = instruments.stream().mapToInt(InstrumentDefinition::id).max().orElse(0);
    if (highest >= base.engine().maxInstruments()) {
      text.append("max-instruments = ").append(highest + 1).append('\n');
    }
    text.append("instruments = [\n");
    for (final InstrumentDefinition instrument : instruments) {
      append(text, instrument, dated(base, instrument, tables.get(instrument), today));
    }
    text.append("]\n");
    Files.writeString(file, joined(user, text.toString()), StandardCharsets.UTF_8);
  }

  /** The user's file may have braces around it. */
  private static String joined(final Path user, final String ours) throws IOException {
    if (user == null) {
      return ours;
    }
    final String theirs = Files.readString(user);
    final int end = theirs.lastIndexOf('}');
    return theirs.stripLeading().startsWith("{") && end > 0
        ? theirs.substring(0, end) + "\n" + ours + theirs.substring(end)
        : theirs + "\n" + ours;
  }

  private static void append(
      final StringBuilder text, final InstrumentDefinition of, final Dated<BracketTable> tables) {
    text.append("  {\n");
    line(text, "id", Integer.toString(of.id()));
    line(text, "symbol", SettingsText.quote(of.symbol()));
    line(text, "venue", SettingsText.quote(of.venue()));
    line(text, "base", SettingsText.quote(of.baseAsset()));
    line(text, "quote", SettingsText.quote(of.quoteAsset()));
    line(text, "contract", lower(of.contractKind()));
    line(text, "price-exponent", Integer.toString(of.priceExponent()));
    line(text, "quantity-exponent", Integer.toString(of.quantityExponent()));
    line(text, "tick-size", decimal(of.tickSize(), of.priceExponent()));
    line(text, "lot-size", decimal(of.lotSize(), of.quantityExponent()));
    line(text, "contract-multiplier", decimal(of.contractMultiplier(), of.quantityExponent()));
    line(
        text,
        "open-interest",
        "{ unit = "
            + lower(of.openInterestUnit())
            + ", sides = "
            + lower(of.openInterestSides())
            + " }");
    if (tables != null) {
      text.append("    brackets = [\n");
      for (int i = 0; i < tables.size(); i++) {
        text.append("      ").append(SettingsText.date(tables, i)).append(", table = [\n");
        tables
            .value(i)
            .brackets()
            .forEach(
                (row) -> text.append("        ").append(SettingsText.bracket(row)).append('\n'));
        text.append("      ] }\n");
      }
      text.append("    ]\n");
    }
    text.append("  }\n");
  }

  private static void line(final StringBuilder text, final String key, final String value) {
    text.append("    ").append(key).append(" = ").append(value).append('\n');
  }

  private static String lower(final Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String decimal(final long mantissa, final int exponent) {
    return '"'
        + BigDecimal.valueOf(mantissa)
            .scaleByPowerOfTen(exponent)
            .stripTrailingZeros()
            .toPlainString()
        + '"';
  }

  /** The settings' tables, with today's among them; null where there are none. */
  private static Dated<BracketTable> dated(
      final LiqmapConfig base,
      final InstrumentDefinition of,
      final BracketTable table,
      final long today) {
    final Dated<BracketTable> old = SessionBrackets.configured(base.engine(), of);
    if (table == null) {
      return old;
    }
    final Map<Long, BracketTable> all = new TreeMap<>();
    final Map<Long, Boolean> seen = new TreeMap<>();
    for (int i = 0; old != null && i < old.size(); i++) {
      all.put(old.date(i), old.value(i));
      seen.put(old.date(i), old.isSeen(i));
    }
    all.put(today, table);
    seen.put(today, true);
    final long[] dates = all.keySet().stream().mapToLong(Long::longValue).toArray();
    final boolean[] areSeen = new boolean[dates.length];
    for (int i = 0; i < dates.length; i++) {
      areSeen[i] = seen.get(dates[i]);
    }
    return new Dated<>(dates, areSeen, List.copyOf(all.values()));
  }
}
