package io.liqmap.tools.importer;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * Snapshots of Hyperliquid accounts, a row for each position: for each snapshot the mark price, the
 * positions of the symbol, and then those that were closed since an earlier snapshot, which rows of
 * other coins tell.
 */
final class HyperliquidPositionsSource extends RowSource {
  static final List<String> COLUMNS =
      List.of(
          "ts", "account", "coin", "szi", "entryPx", "liqPx", "mark", "uPnl", "lev", "acct_value");
  static final int NEEDED = 9;

  private static final int HUNDREDTHS = -2;
  private static final String OTHER_COIN = "of another coin";

  private final PositionAccounts known;
  private final Queue<Draft> pending = new ArrayDeque<>();
  private final Set<Long> accounts = new HashSet<>();
  private final Set<Long> holders = new HashSet<>();
  private final Set<Long> all = new HashSet<>();
  private long snapshot = Long.MIN_VALUE;
  private long mark;
  private long snapshots;
  private long closed;
  private long beyondAnyPrice;
  private long otherMarks;

  HyperliquidPositionsSource(
      final InputFile input,
      final PositionAccounts accountsOfAllFiles,
      final InstrumentDefinition definition,
      final long maxExpanded)
      throws IOException {
    super(input, definition, maxExpanded, COLUMNS, NEEDED);
    known = accountsOfAllFiles;
  }

  /** Rejects what has no positions, or has them in another unit. */
  static void require(final InstrumentDefinition definition) throws ImportException {
    if (definition.symbol().startsWith("@") || definition.symbol().contains("/")) {
      throw new ImportException(
          definition.symbol()
              + " is a spot pair of Hyperliquid, which has no positions; name a perpetual, as BTC or"
              + " kPEPE");
    }
    final BigDecimal multiplier = BinanceConvention.multiplier(definition);
    if (definition.contractKind() != ContractKind.LINEAR
        || multiplier.compareTo(BigDecimal.ONE) != 0) {
      throw new ImportException(
          "Hyperliquid's sizes are amounts of the coin, the definition of "
              + definition.symbol()
              + " says "
              + definition.contractKind()
              + " and a multiplier of "
              + multiplier.stripTrailingZeros().toPlainString()
              + "; give it contract = linear and contract-multiplier = 1, as config/hyperliquid.conf"
              + " has them, and name that file with --config");
    }
  }

  @Override
  long key(final Row row) throws ImportException {
    if (row.isEpoch(at(0))) {
      return row.time(at(0), ZoneOffset.UTC);
    }
    try {
      return row.nanos(
          at(0),
          Instant.parse(row.text(at(0))).atOffset(ZoneOffset.UTC).toLocalDateTime(),
          ZoneOffset.UTC);
    } catch (final DateTimeException e) {
      throw row.bad(at(0), "is no time like 2026-07-13T12:01:50Z", Row.MEND);
    }
  }

  @Override
  boolean read(final Row row, final Draft draft) throws ImportException {
    requireNear(row, at(0), key());
    final long received = tally().clock(key());
    if (received != snapshot) {
      endSnapshot();
      snapshot = received;
      snapshots++;
    }
    final long account = account(row);
    accounts.add(account);
    if (!row.is(at(2), definition().symbol())) {
      omit(OTHER_COIN);
    } else if (row.isUnknownOrZero(at(4)) && !row.isZero(at(3))) {
      drop("entry price is unknown or zero");
    } else {
      all.add(account);
      readMark(row);
      readPosition(row, account);
    }
    return readMore(draft);
  }

  private long account(final Row row) throws ImportException {
    final String said = row.text(at(1));
    if (!said.matches("\\d{1,18}")) {
      throw row.bad(
          at(1),
          "is no number of an account",
          "put a number in the place of each address: the feed carries none");
    }
    return Long.parseLong(said);
  }

  private void readMark(final Row row) throws ImportException {
    final long said = row.isUnknown(at(6)) ? 0 : price(row, at(6), true);
    if (said == 0) {
      return;
    }
    if (mark == 0) {
      mark = said;
      final Draft event = new Draft();
      event.markPrice(key(), snapshot, said);
      pending.add(event);
    } else if (mark != said) {
      otherMarks++;
    }
  }

  private void readPosition(final Row row, final long account) throws ImportException {
    final long size = row.decimal(at(3), definition().quantityExponent(), false);
    if (Math.abs(size) > FeedAdapter.MAX_MANTISSA || size == Long.MIN_VALUE) {
      throw row.bad(
          at(3),
          "is too large for the exponent " + definition().quantityExponent(),
          "set a higher quantity exponent for the instrument");
    }
    if (size == 0) {
      return;
    }
    final long entry = price(row, at(4), true);
    if (entry == 0) {
      drop("entry price is unknown or zero");
      return;
    }
    holders.add(account);
    add(account, Math.abs(size), entry, liquidation(row), leverage(row), size > 0);
  }

  /** The venue gives cross accounts prices beyond any that can be. */
  private long liquidation(final Row row) throws ImportException {
    if (row.isUnknownOrZero(at(5))) {
      return FeedEvent.ABSENT;
    }
    final BigDecimal mantissa =
        row.number(at(5))
            .movePointLeft(definition().priceExponent())
            .setScale(0, RoundingMode.HALF_EVEN);
    if (mantissa.signum() == 0
        || mantissa.compareTo(BigDecimal.valueOf(FeedAdapter.MAX_MANTISSA)) > 0) {
      beyondAnyPrice++;
      return FeedEvent.ABSENT;
    }
    return mantissa.longValueExact();
  }

  private int leverage(final Row row) throws ImportException {
    if (row.isUnknown(at(8))) {
      return 0;
    }
    final long leverage = row.decimal(at(8), HUNDREDTHS, true);
    if (leverage < 0 || leverage > FeedAdapter.MAX_LEVERAGE) {
      throw row.bad(at(8), "is no leverage of 0 to 1000", Row.MEND);
    }
    return (int) leverage;
  }

  private void add(
      final long account,
      final long size,
      final long entry,
      final long liquidation,
      final int leverage,
      final boolean isLong) {
    final Draft event = new Draft();
    event.knownPosition(snapshot, snapshot, account, size, entry, liquidation, leverage, isLong);
    // All of a row's events but the first belong to the row.
    event.startsRow = pending.isEmpty();
    pending.add(event);
  }

  private void endSnapshot() {
    for (final long account : known.closed(accounts, holders)) {
      add(account, 0, 0, FeedEvent.ABSENT, 0, true);
      closed++;
    }
    accounts.clear();
    holders.clear();
    mark = 0;
  }

  @Override
  boolean readMore(final Draft draft) {
    final Draft next = pending.poll();
    if (next == null) {
      return false;
    }
    draft.copyFrom(next);
    return true;
  }

  @Override
  boolean readLast(final Draft draft) {
    endSnapshot();
    return readMore(draft);
  }

  @Override
  void noteOn(final Tally tally) {
    tally.noteCount("snapshots", snapshots);
    tally.noteCount("accounts with positions of the symbol", all.size());
    tally.noteCount("positions closed between two snapshots", closed);
    tally.noteCount("liquidation prices that no price can reach, taken for none", beyondAnyPrice);
    tally.noteCount("rows with another mark price than the first of their snapshot", otherMarks);
    tally.note(
        "positions alone, without open interest and trades: what share of all they are is unknown,"
            + " and only map --model measured shows them");
  }
}
