package io.liqmap.tools.importer;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.gateway.venue.Decimal;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * One row of a CSV file, filled again and again by FastCSV; reading a value allocates nothing.
 *
 * <p>FastCSV's own records import 2.5 million trades in 75 % more memory (200 MB instead of 113
 * MB), and numbers, times and keys would be parsed from strings.
 */
final class Row extends AbstractBaseCsvCallbackHandler<Row> {
  private static final int MAX_FIELDS = 64;
  private static final int MAX_CHAR_BYTES = 3;
  private static final char PLAIN = 128;
  private static final double NOISE = 1e-9;
  private static final long MILLIS_FROM = 946_684_800_000L;
  private static final long MILLIS_TO = 4_102_444_800_000L;
  private static final int BILLIONTHS = -9;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long MAX_RATIO = FeedAdapter.MAX_RATIO / 1_000_000_000L;
  private static final long MAX_RATE = 1_000_000_000L;
  private static final int MAX_DIGITS = 64;
  private static final int MAX_WORD = 4;
  private static final Set<String> NO_VALUE =
      Set.of("nan", "-nan", "null", "none", "na", "n/a", "-", "\\n");

  static final int NOT_PLAIN = -1;
  static final int NOT_WHOLE = -2;

  static final String MEND = "correct or remove the row, or get the file again";

  private static final DateTimeFormatter LOCAL_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

  private final Path file;
  private final int[] ends = new int[MAX_FIELDS + 1];
  private char[] chars = new char[512];
  private int fields;
  private long line;
  private long linesBefore;

  Row(final Path csv) {
    file = csv;
  }

  @Override
  protected void handleBegin(final long startingLine) {
    line = linesBefore + startingLine;
    fields = 0;
  }

  /** Lines ahead of what FastCSV reads. */
  void follow(final long lines) {
    linesBefore = lines;
  }

  /**
   * Fills itself from a line of plain text.
   *
   * @param number of the line, from 1
   * @return where the next line starts; {@link #NOT_PLAIN}, or {@link #NOT_WHOLE} without an end
   */
  int split(final byte[] bytes, final int from, final int to, final long number) {
    line = number;
    fields = 0;
    if (chars.length < to - from) {
      chars = new char[to - from];
    }
    final char[] kept = chars;
    int length = 0;
    for (int i = from; i < to; i++) {
      final byte b = bytes[i];
      if (b > ',') {
        kept[length++] = (char) b;
      } else if (b == ',' || b == '\n') {
        fields++;
        if (fields <= MAX_FIELDS) {
          ends[fields] = length;
        } else {
          length = ends[MAX_FIELDS];
        }
        if (b == '\n') {
          return i + 1;
        }
      } else if (b < 0 || b == '"' || b == '\r') {
        return NOT_PLAIN;
      } else {
        kept[length++] = (char) b;
      }
    }
    return NOT_WHOLE;
  }

  @Override
  protected void handleField(
      final int index, final char[] buffer, final int offset, final int length, final boolean q) {
    fields = index + 1;
    if (index >= MAX_FIELDS) {
      return;
    }
    final int start = ends[index];
    if (start + length > chars.length) {
      chars = Arrays.copyOf(chars, 2 * (start + length));
    }
    System.arraycopy(buffer, offset, chars, start, length);
    ends[index + 1] = start + length;
  }

  @Override
  protected Row buildRecord() {
    return this;
  }

  int fields() {
    return fields;
  }

  int maxPackedLength() {
    final int kept = Math.min(fields, MAX_FIELDS);
    return Long.BYTES + (2 + kept) * Integer.BYTES + MAX_CHAR_BYTES * ends[kept];
  }

  void pack(final ByteBuffer to) {
    final int kept = Math.min(fields, MAX_FIELDS);
    to.putLong(line).putInt(fields);
    for (int i = 1; i <= kept; i++) {
      to.putInt(ends[i]);
    }
    for (int i = 0; i < ends[kept]; i++) {
      final char c = chars[i];
      if (c < PLAIN) {
        to.put((byte) c);
      } else {
        to.put((byte) -1).putChar(c);
      }
    }
  }

  /** Reads what {@link #pack} wrote. */
  void unpack(final ByteBuffer from) {
    line = from.getLong();
    fields = from.getInt();
    final int kept = Math.min(fields, MAX_FIELDS);
    for (int i = 1; i <= kept; i++) {
      ends[i] = from.getInt();
    }
    if (ends[kept] > chars.length) {
      chars = new char[2 * ends[kept]];
    }
    for (int i = 0; i < ends[kept]; i++) {
      final byte b = from.get();
      chars[i] = b < 0 ? from.getChar() : (char) b;
    }
  }

  String content() {
    final StringBuilder content = new StringBuilder();
    for (int i = 0; i < Math.min(fields, MAX_FIELDS); i++) {
      content.append(chars, ends[i], ends[i + 1] - ends[i]).append(',');
    }
    return content.toString();
  }

  /** Whether two rows hold the same texts, but for the float noise of some vendors' numbers. */
  static boolean areSame(final String content, final String other) {
    if (content.equals(other)) {
      return true;
    }
    final String[] fields = content.split(",", -1);
    final String[] others = other.split(",", -1);
    if (fields.length != others.length) {
      return false;
    }
    for (int i = 0; i < fields.length; i++) {
      if (!fields[i].equals(others[i]) && !areClose(fields[i], others[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean areClose(final String number, final String other) {
    try {
      final double value = Double.parseDouble(number);
      return Math.abs(value - Double.parseDouble(other)) <= NOISE * Math.abs(value);
    } catch (final NumberFormatException e) {
      return false;
    }
  }

  boolean isEmpty(final int column) {
    return ends[column] == ends[column + 1];
  }

  /** Whether the value is unknown: nothing, blanks, or a word for no number. */
  boolean isUnknown(final int column) {
    int from = ends[column];
    int to = ends[column + 1];
    while (from < to && chars[from] <= ' ') {
      from++;
    }
    while (from < to && chars[to - 1] <= ' ') {
      to--;
    }
    return from == to
        || ((chars[from] < '0' || chars[from] > '9')
            && to - from <= MAX_WORD
            && NO_VALUE.contains(new String(chars, from, to - from).toLowerCase(Locale.ROOT)));
  }

  boolean isUnknownOrZero(final int column) {
    return isUnknown(column) || isZero(column);
  }

  /** Whether a number is zero, however it is written. */
  boolean isZero(final int column) {
    boolean zero = false;
    for (int i = ends[column]; i < ends[column + 1]; i++) {
      final char c = chars[i];
      if ((c == 'e' || c == 'E') && zero) {
        return true;
      }
      if (c != '0' && c != '.' && !(c == '-' && i == ends[column])) {
        return false;
      }
      zero |= c == '0';
    }
    return zero;
  }

  boolean isTruth(final int column) {
    final String said = text(column).toLowerCase(Locale.ROOT);
    return said.equals("true") || said.equals("false");
  }

  /** Whether a field can be a time: a number since 1970 or a date. */
  boolean isTimeLike(final int column) {
    final String said = text(column);
    return said.matches("\\d{10,19}(\\.0*)?|\\d{4}-\\d{2}-\\d{2}[ T].*");
  }

  boolean startsWithDigit() {
    return !isEmpty(0) && chars[0] >= '0' && chars[0] <= '9';
  }

  String text(final int column) {
    return new String(chars, ends[column], ends[column + 1] - ends[column]);
  }

  boolean is(final int column, final String text) {
    final int start = ends[column];
    if (ends[column + 1] - start != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (chars[start + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Mantissa of a price, quantity or amount that isn't negative. */
  long amount(final int column, final int exponent, final boolean rounds) throws ImportException {
    final long value = decimal(column, exponent, rounds);
    if (value < 0) {
      throw bad(column, "is negative", MEND);
    }
    if (value > FeedAdapter.MAX_MANTISSA) {
      throw bad(
          column,
          "is too large for the exponent " + exponent,
          "check its unit; if it is right, set a higher quantity or price exponent for the instrument");
    }
    return value;
  }

  /** Ratio of accounts in 10⁻⁹, 0 where the source has none. */
  long ratio(final int column) throws ImportException {
    if (isEmpty(column)) {
      return 0;
    }
    final long whole = decimal(column, 0, true);
    final long value =
        whole < 0 || whole > MAX_RATIO ? Long.MAX_VALUE : decimal(column, BILLIONTHS, true);
    if (value < 0 || value > FeedAdapter.MAX_RATIO) {
      throw bad(column, "is no ratio of accounts, which is 0 to 1,000,000", MEND);
    }
    return value;
  }

  /** Mantissa of any sign. */
  long decimal(final int column, final int exponent, final boolean rounds) throws ImportException {
    final long value = Decimal.parse(chars, ends[column], ends[column + 1], -exponent, rounds);
    if (!Decimal.isValue(value)) {
      throw bad(
          column,
          Decimal.flaw(value),
          value == Decimal.NO_NUMBER
              ? MEND
              : "check its unit; if it is right, set another price or quantity exponent for the instrument than "
                  + exponent);
    }
    return value;
  }

  /** Funding rate in 10⁻⁹. */
  long fundingRate(final int column) throws ImportException {
    final long rate = decimal(column, BILLIONTHS, true);
    if (rate < -MAX_RATE || rate > MAX_RATE) {
      throw bad(column, "is no funding rate between -1 and 1", MEND);
    }
    return rate;
  }

  long integer(final int column) throws ImportException {
    return decimal(column, 0, false);
  }

  /** Time given in ms or µs, distinguished by size, in ns. */
  long epoch(final int column) throws ImportException {
    final long value = integer(column);
    if (value >= MILLIS_FROM && value <= MILLIS_TO) {
      return value * 1_000_000;
    }
    return micros(column, value, "ms or µs");
  }

  /** Time given in µs, in ns. */
  long micros(final int column) throws ImportException {
    return micros(column, integer(column), "µs");
  }

  private long micros(final int column, final long value, final String unit)
      throws ImportException {
    if (value >= MILLIS_FROM * 1000 && value <= MILLIS_TO * 1000) {
      return value * 1000;
    }
    throw bad(
        column, "is no time between 2000 and 2100 in " + unit, "check what the file's times are");
  }

  /** Time given in seconds with a fraction, in ns. */
  long seconds(final int column) throws ImportException {
    final long whole = decimal(column, 0, true);
    if (whole >= MILLIS_FROM / 1000 && whole <= MILLIS_TO / 1000) {
      return decimal(column, BILLIONTHS, true);
    }
    throw bad(column, "is no time between 2000 and 2100 in s", "check what the file's times are");
  }

  /** Time given as {@code yyyy-MM-dd HH:mm:ss} on a clock with this offset, in ns. */
  long localTime(final int column, final ZoneOffset offset) throws ImportException {
    return nanos(column, localDateTime(column), offset);
  }

  /** Time given as {@code yyyy-MM-dd HH:mm:ss} on whatever clock. */
  LocalDateTime localDateTime(final int column) throws ImportException {
    try {
      return LocalDateTime.parse(text(column), LOCAL_TIME);
    } catch (final DateTimeException e) {
      throw bad(column, "is no time like 2024-08-05 13:00:00", MEND);
    }
  }

  /** The column's time on a clock with this offset, in ns. */
  long nanos(final int column, final LocalDateTime time, final ZoneOffset offset)
      throws ImportException {
    final long seconds = time.toEpochSecond(offset);
    if (seconds < MILLIS_FROM / 1000 || seconds > MILLIS_TO / 1000) {
      throw bad(column, "is no time between 2000 and 2100", MEND);
    }
    return seconds * NANOS_PER_SECOND;
  }

  /** Time since 1970 in s, ms, µs or ns, distinguished by size, or on a clock; in ns. */
  long time(final int column, final ZoneOffset offset) throws ImportException {
    return isEpoch(column) ? epochOfAnyUnit(column) : localTime(column, offset);
  }

  /** Whether a time is a number, so that no clock is needed to read it. */
  boolean isEpoch(final int column) {
    for (int i = ends[column]; i < ends[column + 1]; i++) {
      if ((chars[i] < '0' || chars[i] > '9') && chars[i] != '.') {
        return false;
      }
    }
    return !isEmpty(column);
  }

  private long epochOfAnyUnit(final int column) throws ImportException {
    final long whole = decimal(column, 0, true);
    long unit = NANOS_PER_SECOND;
    for (long from = MILLIS_FROM / 1000, to = MILLIS_TO / 1000; unit > 0; unit /= 1000) {
      if (whole >= from && whole <= to) {
        return unit == NANOS_PER_SECOND ? decimal(column, BILLIONTHS, true) : whole * unit;
      }
      from *= 1000;
      to = to > Long.MAX_VALUE / 1000 ? Long.MAX_VALUE : to * 1000;
    }
    throw bad(
        column,
        "is no time between 2000 and 2100 in s, ms, µs or ns",
        "check what the file's times are");
  }

  /** A number that isn't negative, of any size that an amount may have. */
  BigDecimal number(final int column) throws ImportException {
    final String said = text(column).strip();
    if (said.length() <= MAX_DIGITS) {
      try {
        final BigDecimal value = new BigDecimal(said);
        if (value.signum() >= 0 && Math.abs(value.scale()) <= MAX_DIGITS) {
          return value;
        }
      } catch (final NumberFormatException e) {
        // Reported below.
      }
    }
    throw bad(column, "is no amount of 0 or more", MEND);
  }

  void requireRange(final long open, final long high, final long low, final long close)
      throws ImportException {
    if (low < 1 || low > Math.min(open, close) || high < Math.max(open, close)) {
      throw bad("open and close don't lie between low and high, or a price is zero", MEND);
    }
  }

  ImportException bad(final int column, final String what, final String advice) {
    return bad(
        "column " + (column + 1) + ": " + ImportException.quote(text(column)) + " " + what, advice);
  }

  ImportException bad(final String what, final String advice) {
    return ImportException.at(file, line, what, advice);
  }
}
