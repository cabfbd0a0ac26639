package io.liqmap.tools.live;

import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Dated;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.gateway.connection.Questions;
import io.liqmap.gateway.connection.VenueLink;
import io.liqmap.gateway.venue.Request;
import io.liqmap.tools.brackets.BracketFormat;
import io.liqmap.tools.brackets.VenueBrackets;
import io.liqmap.tools.brackets.VenueTiers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks venues for today's bracket tables, and keeps the answers. */
public final class SessionBrackets {
  private static final Map<String, BracketFormat> FORMATS =
      Map.of(
          "bybit", BracketFormat.BYBIT,
          "okx", BracketFormat.OKX,
          "hyperliquid", BracketFormat.HYPERLIQUID);
  private static final String OKX_MARK = "/api/v5/public/mark-price?instType=SWAP&instId=";
  private static final Pattern MARK = Pattern.compile("\"markPx\"\\s*:\\s*\"([0-9.]{1,24})\"");

  private final Path folder;
  private final String time;
  private final Consumer<String> notices;
  private final Map<InstrumentDefinition, BracketTable> tables = new HashMap<>();

  /**
   * Begins.
   *
   * @param folder keeps the answers
   * @param time part of their names
   * @param notices gets what venues don't say
   */
  public SessionBrackets(final Path folder, final String time, final Consumer<String> notices) {
    this.folder = folder;
    this.time = time;
    this.notices = notices;
  }

  /** Tables that the settings have of an instrument; null for none. */
  static Dated<BracketTable> configured(
      final EngineSettings settings, final InstrumentDefinition of) {
    return settings.map().brackets().byName().get(of.name());
  }

  /** Asks a venue; what goes wrong is reported, and leaves what the settings have. */
  public void ask(final VenueLink link, final List<InstrumentDefinition> instruments) {
    final String venue = link.venue().name();
    final BracketFormat format = FORMATS.get(venue);
    final List<Request> requests = link.venue().bracketRequests(instruments);
    if (format == null || requests.isEmpty()) {
      return;
    }
    final List<Path> kept = new ArrayList<>();
    try {
      for (final byte[] answer : Questions.ask(link, requests)) {
        kept.add(
            folder.resolve("brackets-" + venue + "-" + (kept.size() + 1) + "-" + time + ".json"));
        Files.write(kept.get(kept.size() - 1), answer);
      }
    } catch (final IOException e) {
      notices.accept("no brackets of " + venue + " from today: " + e.getMessage());
      return;
    }
    for (final InstrumentDefinition instrument : instruments) {
      String reason = "the answer has none";
      try {
        for (final Path answer : kept) {
          read(link, format, answer, instrument);
        }
      } catch (final IOException e) {
        reason = e.getMessage();
      }
      if (!tables.containsKey(instrument)) {
        notices.accept(
            "no brackets of " + venue + ":" + instrument.symbol() + " from today: " + reason);
      }
    }
  }

  private void read(
      final VenueLink link,
      final BracketFormat format,
      final Path answer,
      final InstrumentDefinition of)
      throws IOException {
    // Answers about others.
    if (!Files.readString(answer).contains('"' + key(format, of) + '"')) {
      return;
    }
    final OptionalDouble price =
        format == BracketFormat.OKX ? OptionalDouble.of(mark(link, of)) : OptionalDouble.empty();
    for (final VenueBrackets found :
        new VenueTiers(List.of(of), price).read(format, answer, List.of(of.symbol()))) {
      if (found.symbol().equals(of.symbol())) {
        tables.put(of, found.table());
      }
    }
  }

  private static String key(final BracketFormat format, final InstrumentDefinition of) {
    return format == BracketFormat.OKX ? of.symbol().replace("-SWAP", "") : of.symbol();
  }

  /** OKX's tiers are sizes, which become notional at a price. */
  private static double mark(final VenueLink link, final InstrumentDefinition of)
      throws IOException {
    final byte[] answer =
        Questions.ask(link, List.of(new Request(OKX_MARK + of.symbol(), null, 0))).get(0);
    final Matcher mark = MARK.matcher(new String(answer, StandardCharsets.UTF_8));
    if (!mark.find()) {
      throw new IOException("okx: no mark price of " + of.symbol() + " in the answer");
    }
    return Double.parseDouble(mark.group(1));
  }

  /** Tables found, by the instruments that were asked for. */
  public Map<InstrumentDefinition, BracketTable> tables() {
    return tables;
  }

  /** Reports tables that differ from those that a journal's settings end with. */
  public void compare(final EngineSettings journal) {
    tables.forEach(
        (of, table) -> {
          final Dated<BracketTable> old = configured(journal, of);
          if (old == null || !old.value(old.size() - 1).brackets().equals(table.brackets())) {
            notices.accept(
                of.venue()
                    + ":"
                    + of.symbol()
                    + (old == null
                        ? ": the journal has no brackets of it, the standard ones are in force"
                        : ": today's brackets differ from the journal's, which stay in force")
                    + "; a new journal would take today's");
          }
        });
  }
}
