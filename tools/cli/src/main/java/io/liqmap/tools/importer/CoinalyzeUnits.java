package io.liqmap.tools.importer;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Units of the amounts in a group of Coinalyze files, and how they become the instrument's.
 *
 * <p>Volumes are in the base asset of a linear contract, in US dollars of an inverse one. Open
 * interest and liquidations are in the same, or in US dollars if they were asked for with
 * convert_to_usd, which no file says. So they are compared with the bars: over 66 perpetuals of
 * Binance and two years, open interest was 0.16 to 0.52 of a day's volume at the median, 0.007 to
 * 2.8 at the extremes, and liquidations 0.0006 to 0.003 of volume. A unit is chosen if it explains
 * the size far better than the other; where none does, the user has to say it.
 */
final class CoinalyzeUnits {
  private static final String SAY_IT =
      "say it with --open-interest-unit base, usd (asked for with convert_to_usd) or contracts";
  private static final double USUAL_OPEN_INTEREST = 0.3;
  private static final double USUAL_LIQUIDATIONS = 0.0015;
  private static final double FARTHEST = Math.log(100);
  private static final double CLEARLY = Math.log(30);
  private static final double DAY = 86_400e9;
  private static final MathContext PRECISION = MathContext.DECIMAL64;

  private final InstrumentDefinition definition;
  private final boolean isInverse;
  private final AmountUnit natural;
  private final BigDecimal multiplier;
  private final Optional<AmountUnit> said;

  private double volume;
  private double price;
  private long bars;
  private boolean isSplit;
  private AmountUnit openInterest;
  private boolean isDoubtful;
  private AmountUnit liquidations;

  private CoinalyzeUnits(final InstrumentDefinition instrument, final Optional<AmountUnit> option) {
    definition = instrument;
    isInverse = instrument.contractKind() == ContractKind.INVERSE;
    natural = isInverse ? AmountUnit.USD : AmountUnit.BASE;
    multiplier = BinanceConvention.multiplier(instrument);
    said = option;
    openInterest = option.orElse(natural);
    liquidations = option.orElse(natural);
  }

  /** Throws if a unit is ambiguous. */
  static CoinalyzeUnits of(
      final CoinalyzeFiles files,
      final BarSurvey survey,
      final InstrumentDefinition definition,
      final LocalClocks clocks,
      final ImportOptions options)
      throws IOException {
    final CoinalyzeUnits units = new CoinalyzeUnits(definition, options.openInterestUnit());
    final long limit = options.maxExpandedBytes();
    try (TimedRows rows = TimedRows.of(files.bars(), clocks, limit)) {
      units.surveyBars(rows);
    }
    final double days = units.bars * survey.interval() / DAY;
    if (files.openInterest() != null) {
      try (TimedRows rows = TimedRows.of(files.openInterest(), clocks, limit)) {
        units.findOpenInterest(files.openInterest(), median(rows), units.volume / days);
      }
    }
    if (files.liquidation() != null) {
      try (TimedRows rows = TimedRows.of(files.liquidation(), clocks, limit)) {
        units.findLiquidations(files, sum(rows));
      }
    }
    return units;
  }

  private void surveyBars(final TimedRows rows) throws IOException {
    double[] closes = new double[1024];
    int count = 0;
    while (rows.next()) {
      final Row row = rows.row();
      if (row.isUnknownOrZero(rows.at(4)) || row.isUnknown(rows.at(5))) {
        continue;
      }
      if (count == closes.length) {
        closes = Arrays.copyOf(closes, 2 * count);
      }
      closes[count++] = row.number(rows.at(4)).doubleValue();
      volume += row.number(rows.at(5)).doubleValue();
      isSplit |= rows.optional() >= 0 && !row.isUnknownOrZero(rows.optional());
    }
    bars = count;
    price = median(closes, count);
  }

  private static double median(final TimedRows rows) throws IOException {
    double[] values = new double[1024];
    int count = 0;
    while (rows.next()) {
      if (!rows.row().isUnknownOrZero(rows.at(4))) {
        if (count == values.length) {
          values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = rows.row().number(rows.at(4)).doubleValue();
      }
    }
    return median(values, count);
  }

  private static double median(final double[] values, final int count) {
    Arrays.sort(values, 0, count);
    return count == 0 ? 0 : values[count / 2];
  }

  private static double sum(final TimedRows rows) throws IOException {
    double sum = 0;
    while (rows.next()) {
      for (int i = 1; i <= 2; i++) {
        sum += rows.row().isUnknown(rows.at(i)) ? 0 : rows.row().number(rows.at(i)).doubleValue();
      }
    }
    return sum;
  }

  private void findOpenInterest(final InputFile file, final double amount, final double dailyVolume)
      throws ImportException {
    if (amount == 0) {
      return;
    }
    if (said.isPresent()) {
      final AmountUnit compared =
          volume == 0 ? null : nearer(amount / dailyVolume, USUAL_OPEN_INTEREST);
      isDoubtful =
          compared != null && compared != openInterest && openInterest != AmountUnit.CONTRACTS;
      return;
    }
    if (volume == 0) {
      throw ImportException.in(
          file.path(),
          "the unit of open interest is ambiguous: the bars have no volume to compare it with",
          SAY_IT);
    }
    final double asNatural = amount / dailyVolume;
    final AmountUnit found = nearer(asNatural, USUAL_OPEN_INTEREST);
    if (found == null) {
      throw ImportException.in(
          file.path(),
          String.format(
              Locale.ROOT,
              "the unit of open interest is ambiguous: in %s it would be %.3g of a day's volume, in %s %.3g",
              natural,
              asNatural,
              other(),
              asOther(asNatural)),
          SAY_IT);
    }
    openInterest = found;
  }

  /** Liquidations are part of volume; where that is ambiguous, the unit is open interest's. */
  private void findLiquidations(final CoinalyzeFiles files, final double amount)
      throws ImportException {
    if (amount == 0) {
      liquidations = openInterest;
      return;
    }
    final double asNatural = amount / volume;
    final AmountUnit found = nearer(asNatural, USUAL_LIQUIDATIONS);
    if (found != null || said.isPresent() || files.openInterest() != null) {
      liquidations = said.orElse(found == null ? openInterest : found);
      return;
    }
    throw ImportException.in(
        files.liquidation().path(),
        String.format(
            Locale.ROOT,
            "the unit of liquidations is ambiguous: in %s they would be %.3g of the volume, in %s %.3g",
            natural,
            asNatural,
            other(),
            asOther(asNatural)),
        SAY_IT);
  }

  /** The unit in which a share of volume is far nearer to what is usual; null if none is. */
  private AmountUnit nearer(final double asNatural, final double usual) {
    final double natural0 = Math.abs(Math.log(asNatural / usual));
    if (!hasDollarPrice()) {
      return natural;
    }
    final double other0 = Math.abs(Math.log(asOther(asNatural) / usual));
    if (Double.isNaN(natural0)
        || Math.min(natural0, other0) > FARTHEST
        || Math.abs(natural0 - other0) < CLEARLY) {
      return null;
    }
    return natural0 < other0 ? natural : other();
  }

  private boolean hasDollarPrice() {
    return definition.quoteAsset().isEmpty() || definition.quoteAsset().contains("USD");
  }

  private AmountUnit other() {
    return isInverse ? AmountUnit.BASE : AmountUnit.USD;
  }

  private double asOther(final double asNatural) {
    return isInverse ? asNatural * price : asNatural / price;
  }

  /** Whether any bar says what takers bought; else half is assumed. */
  boolean isSplit() {
    return isSplit || volume == 0;
  }

  void noteOn(final Tally ofOpenInterest, final Tally ofLiquidations) {
    if (ofOpenInterest != null && isDoubtful) {
      ofOpenInterest.note(
          "open interest was said to be in "
              + openInterest
              + "; by comparison with the bars it is in another unit: check --open-interest-unit");
    }
    if (ofOpenInterest != null && openInterest != natural) {
      ofOpenInterest.convention(
          "open interest is in "
              + openInterest
              + (said.isPresent() ? ", as said" : ", by comparison with the bars")
              + ", and was converted"
              + (openInterest == AmountUnit.CONTRACTS
                  ? " by the multiplier"
                  : " at each bar's open and close"));
    }
    if (ofLiquidations != null && liquidations != natural) {
      ofLiquidations.convention(
          "liquidations are in "
              + liquidations
              + (said.isPresent() ? ", as said" : ", by comparison with the bars")
              + ", and were converted"
              + (liquidations == AmountUnit.CONTRACTS
                  ? " by the multiplier"
                  : " at the price that they are put at"));
    }
  }

  /** Whether open interest is in another asset than the definition says, so that price decides. */
  boolean isConverted() {
    return openInterest != natural;
  }

  AmountUnit openInterestUnit() {
    return openInterest;
  }

  /** Quantity of a volume, mantissa. */
  long volume(final Row row, final int column) throws ImportException {
    return quantity(row, column, natural, 0);
  }

  /** Quantity that was liquidated at a price, mantissas. */
  long liquidated(final Row row, final int column, final long at) throws ImportException {
    return quantity(row, column, liquidations, at);
  }

  private long quantity(final Row row, final int column, final AmountUnit unit, final long at)
      throws ImportException {
    if (unit == natural && multiplier.compareTo(BigDecimal.ONE) == 0) {
      return row.amount(column, definition.quantityExponent(), true);
    }
    return mantissa(
        row, column, natural(row.number(column), unit, at).divide(multiplier, PRECISION));
  }

  /** Open interest in the definition's unit at a price, mantissas. */
  long openInterest(final Row row, final int column, final long at) throws ImportException {
    final OpenInterestUnit unit = definition.openInterestUnit();
    final OpenInterestUnit same = isInverse ? OpenInterestUnit.QUOTE : OpenInterestUnit.BASE;
    final boolean isSame =
        unit == same
            || (unit == OpenInterestUnit.CONTRACTS && multiplier.compareTo(BigDecimal.ONE) == 0);
    if (isSame && openInterest == natural) {
      return row.amount(column, definition.quantityExponent(), true);
    }
    final BigDecimal amount = natural(row.number(column), openInterest, at);
    if (isSame) {
      return mantissa(row, column, amount);
    }
    if (unit == OpenInterestUnit.CONTRACTS) {
      return mantissa(row, column, amount.divide(multiplier, PRECISION));
    }
    return mantissa(
        row, column, isInverse ? amount.divide(price(at), PRECISION) : amount.multiply(price(at)));
  }

  private BigDecimal natural(final BigDecimal amount, final AmountUnit unit, final long at) {
    if (unit == natural) {
      return amount;
    }
    if (unit == AmountUnit.CONTRACTS) {
      return amount.multiply(multiplier);
    }
    return isInverse ? amount.multiply(price(at)) : amount.divide(price(at), PRECISION);
  }

  private BigDecimal price(final long mantissa) {
    return BigDecimal.valueOf(mantissa).scaleByPowerOfTen(definition.priceExponent());
  }

  private long mantissa(final Row row, final int column, final BigDecimal amount)
      throws ImportException {
    final BigDecimal mantissa =
        amount
            .scaleByPowerOfTen(-definition.quantityExponent())
            .setScale(0, RoundingMode.HALF_EVEN);
    if (mantissa.compareTo(BigDecimal.valueOf(FeedAdapter.MAX_MANTISSA)) > 0) {
      throw row.bad(
          column,
          "is too large for the exponent " + definition.quantityExponent(),
          "check its unit; if it is right, set a higher quantity exponent for the instrument");
    }
    return mantissa.longValueExact();
  }
}
