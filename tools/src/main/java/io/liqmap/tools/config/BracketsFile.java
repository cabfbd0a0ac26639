package io.liqmap.tools.config;

import com.typesafe.config.ConfigUtil;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.margin.Bracket;
import io.liqmap.engine.margin.BracketTable;
import io.liqmap.engine.margin.Dated;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes bracket tables as a file of settings. An instrument that the settings have keeps
 * everything but its brackets, of which the new table is one more; the others are defined with what
 * can be said of them.
 */
public final class BracketsFile {
  private static final int LINEAR_EXPONENT = -8;

  private final LiqmapConfig settings;
  private final long from;
  private final StringBuilder text = new StringBuilder(1 << 20);
  private final Map<String, InstrumentDefinition> known = new HashMap<>();
  private final Set<Integer> taken = new HashSet<>();
  private final List<BracketTable> tables = new ArrayList<>();
  private int nextId;
  private int added;

  /**
   * Begins a file.
   *
   * @param defaults settings that it will be laid over
   * @param fromNanos time from which its tables hold, ns since 1970
   * @param firstId id of the first instrument that the settings don't have; those that are taken
   *     are left out
   */
  public BracketsFile(final LiqmapConfig defaults, final long fromNanos, final int firstId) {
    settings = defaults;
    from = fromNanos;
    nextId = firstId;
    for (final InstrumentDefinition instrument : defaults.instruments()) {
      known.put(instrument.symbol(), instrument);
      taken.add(instrument.id());
    }
  }

  /** Adds an instrument of Binance USDⓈ-M. */
  public void add(
      final String symbol, final String base, final String quote, final BracketTable table) {
    tables.add(table);
    line("  {");
    if (!known.containsKey(symbol)) {
      while (!taken.add(nextId)) {
        nextId++;
      }
      added++;
      line("    id = " + nextId);
    }
    line("    symbol = " + ConfigUtil.quoteString(symbol));
    if (!known.containsKey(symbol)) {
      final String step = "\"" + SettingsText.number(Math.pow(10, LINEAR_EXPONENT)) + "\"";
      line("    venue = \"binance-usdm\"");
      line("    base = " + ConfigUtil.quoteString(base));
      line("    quote = " + ConfigUtil.quoteString(quote));
      line("    contract = linear");
      line("    tick-size = " + step);
      line("    lot-size = " + step);
      line("    open-interest { unit = base, sides = one }");
    }
    line("    brackets = [");
    dated(symbol, table)
        .forEach(
            (date, rows) -> {
              line("      { from = \"" + SettingsText.time(date) + "\", table = [");
              rows.brackets().forEach(this::row);
              line("      ] }");
            });
    line("    ]");
    line("  }");
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
        .append(" Binance USDⓈ-M instruments, made by 'liqmap brackets' from\n# ")
        .append(source.replaceAll("\\p{Cntrl}", "?"))
        .append(", in force from ")
        .append(SettingsText.time(from))
        .append(". Use it with --config.\n")
        .append(
            """
            #
            # The source says nothing of ids, ticks and lots. Ids are given in its order; tick and lot are the smallest step that a feed can
            # carry, so that no price or quantity is refused: put the venue's own where you know them. Instruments of config/instruments.conf
            # keep theirs, and their other tables.

            """);
    final int highest = taken.stream().mapToInt(Integer::intValue).max().orElse(0);
    if (highest >= settings.engine().maxInstruments()) {
      file.append("# Room for the highest id.\nmax-instruments = ")
          .append(highest + 1)
          .append("\n\n");
    }
    return file.append("instruments = [\n").append(text).append("]\n").toString();
  }

  private Map<Long, BracketTable> dated(final String symbol, final BracketTable table) {
    final Map<Long, BracketTable> all = new TreeMap<>();
    final Dated<BracketTable> old = settings.engine().map().brackets().bySymbol().get(symbol);
    if (old != null) {
      for (int i = 0; i < old.size(); i++) {
        all.put(old.from(i), old.value(i));
      }
    }
    all.put(from, table);
    return all;
  }

  private void row(final Bracket row) {
    line(
        "        { floor = "
            + SettingsText.number(row.floor())
            + ", cap = "
            + SettingsText.number(row.cap())
            + ", rate = "
            + SettingsText.number(row.maintenanceRate())
            + ", amount = "
            + SettingsText.number(row.maintenanceAmount())
            + ", max-leverage = "
            + SettingsText.number(row.maxLeverage())
            + " }");
  }

  private void line(final String line) {
    text.append(line).append('\n');
  }
}
