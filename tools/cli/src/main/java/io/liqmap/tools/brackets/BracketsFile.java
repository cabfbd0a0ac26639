package io.liqmap.tools.brackets;

import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Contract;
import io.liqmap.engine.core.margin.Dated;
import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.engine.settings.SettingsText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes bracket tables as a file of settings. An instrument that the settings have keeps
 * everything but its brackets, of which the new table is one more; the others are defined with what
 * can be said of them.
 */
public final class BracketsFile {
  private static final int LINEAR_EXPONENT = -8;

  private final LiqmapConfig settings;
  private final long date;
  private final boolean isSeen;
  private final StringBuilder text = new StringBuilder(1 << 20);
  private final Map<String, List<InstrumentDefinition>> known = new HashMap<>();
  private final Set<Integer> ids = new HashSet<>();
  private final List<BracketTable> tables = new ArrayList<>();
  private final Set<String> venues = new TreeSet<>();
  private int nextId;
  private int added;

  /**
   * Begins a file.
   *
   * @param defaults settings that it will be laid over
   * @param dateNanos date of its tables, ns since 1970
   * @param seen the date is that of a copy, instead of the time from which the tables hold
   * @param firstId id of the first instrument that the settings don't have; those that are ids are
   *     left out
   */
  public BracketsFile(
      final LiqmapConfig defaults, final long dateNanos, final boolean seen, final int firstId) {
    settings = defaults;
    date = dateNanos;
    isSeen = seen;
    nextId = firstId;
    for (final InstrumentDefinition instrument : defaults.instruments()) {
      known.computeIfAbsent(instrument.symbol(), (symbol) -> new ArrayList<>()).add(instrument);
      ids.add(instrument.id());
    }
  }

  /** Adds an instrument. */
  public void add(final VenueBrackets brackets) {
    final String symbol = brackets.symbol();
    final InstrumentDefinition old =
        known.getOrDefault(symbol, List.of()).stream()
            .filter((instrument) -> isSameVenue(instrument.venue(), brackets.venue()))
            .findFirst()
            .orElse(null);
    tables.add(brackets.table());
    venues.add(brackets.venue());
    line("  {");
    if (old == null) {
      while (!ids.add(nextId)) {
        nextId++;
      }
      added++;
      line("    id = " + nextId);
    }
    line("    symbol = " + SettingsText.quote(symbol));
    line("    venue = " + SettingsText.quote(old == null ? brackets.venue() : old.venue()));
    if (old == null) {
      describe(brackets);
    }
    line("    brackets = [");
    final Dated<BracketTable> dated = dated(old == null ? null : old.name(), brackets.table());
    for (int i = 0; i < dated.size(); i++) {
      line("      " + SettingsText.date(dated, i) + ", table = [");
      dated.value(i).brackets().forEach((row) -> line("        " + SettingsText.bracket(row)));
      line("      ] }");
    }
    line("    ]");
    line("  }");
  }

  private void describe(final VenueBrackets brackets) {
    final boolean isInverse = brackets.contract() == Contract.INVERSE;
    final int exponent = isInverse ? 0 : LINEAR_EXPONENT;
    line("    base = " + SettingsText.quote(brackets.base()));
    line("    quote = " + SettingsText.quote(brackets.quote()));
    line("    contract = " + (isInverse ? "inverse" : "linear"));
    line("    price-exponent = " + LINEAR_EXPONENT);
    line("    quantity-exponent = " + exponent);
    line("    tick-size = " + step(LINEAR_EXPONENT));
    line("    lot-size = " + step(exponent));
    line("    contract-multiplier = 1");
    line(
        "    open-interest { unit = "
            + (isInverse ? "contracts" : "base")
            + ", sides = "
            + (brackets.venue().equals("bybit") ? "both" : "one")
            + " }");
  }

  private static String step(final int exponent) {
    return "\"" + SettingsText.number(Math.pow(10, exponent)) + "\"";
  }

  /** A feed has no room for "binance-coinm". */
  private static boolean isSameVenue(final String one, final String other) {
    return one.equals(other) || (one.startsWith("binance") && other.startsWith("binance"));
  }

  /** Instruments that the settings didn't have. */
  public int added() {
    return added;
  }

  /** Instruments that the settings had, and that got one more table. */
  public int extended() {
    return tables.size() - added;
  }

  /**
   * The whole file.
   *
   * @param source name of the file that the tables are from
   */
  public String text(final String source) {
    final StringBuilder file = new StringBuilder(text.length() + 4096);
    file.append("# Maintenance brackets of ")
        .append(tables.size())
        .append(" instruments of ")
        .append(String.join(", ", venues))
        .append(", made by 'liqmap brackets' from\n# ")
        .append(source.replaceAll("\\p{Cntrl}", "?"))
        .append(isSeen ? ", as seen on " : ", in force from ")
        .append(SettingsText.time(date))
        .append(". Use it with --config.\n")
        .append(
"""
#
# The source says nothing of ids, ticks and lots. Ids are given in its order; tick and lot are the smallest step that a feed can
# carry, so that no price or quantity is refused: put the venue's own where you know them. Instruments of config/instruments.conf
# keep theirs, and their other tables.

""");
    final int highest = ids.stream().mapToInt(Integer::intValue).max().orElse(0);
    if (highest >= settings.engine().maxInstruments()) {
      file.append("# Room for the highest id.\nmax-instruments = ")
          .append(highest + 1)
          .append("\n\n");
    }
    return file.append("instruments = [\n").append(text).append("]\n").toString();
  }

  /**
   * The tables of an instrument, null for a new one, with the new one among them or in the place of
   * its date's.
   */
  private Dated<BracketTable> dated(final InstrumentName name, final BracketTable table) {
    final Map<Long, BracketTable> all = new TreeMap<>();
    final Map<Long, Boolean> seen = new HashMap<>();
    final Dated<BracketTable> old =
        name == null ? null : settings.engine().map().brackets().byName().get(name);
    for (int i = 0; old != null && i < old.size(); i++) {
      all.put(old.date(i), old.value(i));
      seen.put(old.date(i), old.isSeen(i));
    }
    all.put(date, table);
    seen.put(date, isSeen);
    final long[] dates = all.keySet().stream().mapToLong(Long::longValue).toArray();
    final boolean[] areSeen = new boolean[dates.length];
    for (int i = 0; i < dates.length; i++) {
      areSeen[i] = seen.get(dates[i]);
    }
    return new Dated<>(dates, areSeen, List.copyOf(all.values()));
  }

  private void line(final String line) {
    text.append(line).append('\n');
  }
}
