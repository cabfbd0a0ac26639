package io.liqmap.engine.feed;

import io.liqmap.engine.core.state.FaultCounts;
import io.liqmap.engine.core.state.FaultTally;

/**
 * One decoded message of the feed: the slot that travels through the ring, filled again and again.
 *
 * <p>Only the accessors of the event's {@link #kind()} mean anything. Times are ns since 1970-01-01
 * UTC, prices and quantities are mantissas of the instrument's exponents. Owned by one thread at a
 * time.
 */
public final class FeedEvent {
  /** Slot that was claimed but not needed. */
  public static final int NONE = 0;

  public static final int INSTRUMENT = 1;
  public static final int TRADE = 2;
  public static final int OPEN_INTEREST = 3;
  public static final int MARK_PRICE = 4;
  public static final int BEST_BID_OFFER = 5;
  public static final int LIQUIDATION = 6;
  public static final int HEARTBEAT = 7;

  /** Faults since the last event. */
  public static final int GAP = 8;

  /** Ratio of accounts that are long to accounts that are short. */
  public static final int ACCOUNT_RATIO = 9;

  /** A message that was rejected as implausible: the feed's state follows it, the maps don't. */
  public static final int IMPLAUSIBLE = 10;

  /** An account's position, as the venue published it. */
  public static final int KNOWN_POSITION = 11;

  /** One instrument's stream had a hole. */
  public static final int INTERRUPTION = 12;

  /** The last of the kinds; the first is {@link #INSTRUMENT}. */
  public static final int LAST_KIND = INTERRUPTION;

  /** Implausible: the time. */
  public static final int TIME = 1;

  /** Implausible: the price of a trade, or a mark price. */
  public static final int PRICE = 2;

  /** Implausible: open interest. */
  public static final int INTEREST = 3;

  /** Implausible: the quantity of a trade or liquidation. */
  public static final int QUANTITY = 4;

  /** Implausible: the price of a liquidation. */
  public static final int LIQUIDATION_PRICE = 5;

  /** The taker bought. */
  public static final int BUY = 1;

  /** The taker sold. */
  public static final int SELL = 2;

  /** Of a long position. */
  public static final int LONG = 1;

  /** Of a short position. */
  public static final int SHORT = 2;

  /** Value of an index price, funding rate or liquidation price that there isn't. */
  public static final long ABSENT = Long.MIN_VALUE;

  private int kind;
  private int instrument;
  private int feedChecksum;
  private int leverage;
  private long sequence;
  private long exchangeTime;
  private long receiveTime;
  private long value0;
  private long value1;
  private long value2;
  private long value3;
  private long value4;
  private byte side;
  private byte priceExponent;
  private byte quantityExponent;
  private InstrumentDefinition definition;

  /** Makes the slot empty: consumers skip it. */
  public void clear() {
    kind = NONE;
  }

  /** Fills the slot with an instrument's definition. */
  public void instrument(
      final long seq, final long exchange, final long receive, final InstrumentDefinition def) {
    head(INSTRUMENT, seq, exchange, receive, def.id());
    priceExponent = (byte) def.priceExponent();
    quantityExponent = (byte) def.quantityExponent();
    definition = def;
  }

  public void trade(
      final long seq,
      final long exchange,
      final long receive,
      final int id,
      final int priceExp,
      final int quantityExp,
      final long price,
      final long quantity,
      final int takerSide) {
    head(TRADE, seq, exchange, receive, id);
    priceExponent = (byte) priceExp;
    quantityExponent = (byte) quantityExp;
    value0 = price;
    value1 = quantity;
    side = (byte) takerSide;
  }

  /** Fills the slot with open interest, in the unit that the definition declares. */
  public void openInterest(
      final long seq,
      final long exchange,
      final long receive,
      final int id,
      final int quantityExp,
      final long quantity) {
    head(OPEN_INTEREST, seq, exchange, receive, id);
    quantityExponent = (byte) quantityExp;
    value0 = quantity;
  }

  /** Fills the slot with a mark price; index, funding and next funding time may be absent. */
  public void markPrice(
      final long seq,
      final long exchange,
      final long receive,
      final int id,
      final int priceExp,
      final long mark,
      final long index,
      final long funding,
      final long nextFunding) {
    head(MARK_PRICE, seq, exchange, receive, id);
    priceExponent = (byte) priceExp;
    value0 = mark;
    value1 = index;
    value2 = funding;
    value3 = nextFunding;
  }

  /** Fills the slot with the top of the book. */
  public void bestBidOffer(
      final long seq,
      final long exchange,
      final long receive,
      final int id,
      final int priceExp,
      final int quantityExp,
      final long bid,
      final long bidQuantity,
      final long ask,
      final long askQuantity) {
    head(BEST_BID_OFFER, seq, exchange, receive, id);
    priceExponent = (byte) priceExp;
    quantityExponent = (byte) quantityExp;
    value0 = bid;
    value1 = bidQuantity;
    value2 = ask;
    value3 = askQuantity;
  }

  /** Fills the slot with a liquidation that the venue reported. */
  public void liquidation(
      final long seq,
      final long exchange,
      final long receive,
      final int id,
      final int priceExp,
      final int quantityExp,
      final long price,
      final long quantity,
      final int positionSide) {
    head(LIQUIDATION, seq, exchange, receive, id);
    priceExponent = (byte) priceExp;
    quantityExponent = (byte) quantityExp;
    value0 = price;
    value1 = quantity;
    side = (byte) positionSide;
  }

  public void heartbeat(final long seq, final long exchange, final long receive) {
    head(HEARTBEAT, seq, exchange, receive, -1);
  }

  /** Fills the slot with the faults since the last event. */
  public void gap(
      final long seq, final long exchange, final long receive, final FaultCounts faults) {
    head(GAP, seq, exchange, receive, -1);
    value0 = faults.missing();
    value1 = faults.duplicates();
    value2 = faults.reordered();
    value3 = faults.rejected();
    value4 = faults.unknown();
    side = 0;
  }

  /** Marks a gap event as a message of the feed, not found by the adapter. */
  void markFromFeed() {
    side = 1;
  }

  /**
   * Fills the slot with a message that was rejected as implausible.
   *
   * @param exchange time of the last accepted message, as the message's own may be absurd
   * @param id number of the instrument, −1 for none
   * @param what {@link #TIME} to {@link #LIQUIDATION_PRICE}
   * @param messageTime exchange time of the message, ns
   * @param value what is implausible: ns, or a mantissa
   */
  public void implausible(
      final long seq,
      final long exchange,
      final long receive,
      final int id,
      final int what,
      final long messageTime,
      final long value) {
    // Of no instrument: its map must not see it.
    head(IMPLAUSIBLE, seq, exchange, receive, -1);
    value0 = value;
    value1 = messageTime;
    value2 = id;
    side = (byte) what;
  }

  /** Fills the slot with the ratio of accounts that are long to accounts that are short, 10⁻⁹. */
  public void accountRatio(
      final long seq, final long exchange, final long receive, final int id, final long ratio) {
    head(ACCOUNT_RATIO, seq, exchange, receive, id);
    value0 = ratio;
  }

  /**
   * Fills the slot with an account's position, as the venue published it.
   *
   * @param exchange when the venue's state was taken
   * @param account a number without meaning
   * @param quantity 0: the account has no position of the instrument any more
   * @param entry mean entry price; without a quantity of no meaning
   * @param liquidation {@link #ABSENT} where no price of the instrument liquidates the account
   * @param opened when it was opened, 0 unknown
   * @param leverageSetting 10⁻², 0 unknown
   * @param positionSide {@link #LONG} or {@link #SHORT}
   */
  public void knownPosition(
      final long seq,
      final long exchange,
      final long receive,
      final int id,
      final int priceExp,
      final int quantityExp,
      final long account,
      final long quantity,
      final long entry,
      final long liquidation,
      final long opened,
      final int leverageSetting,
      final int positionSide) {
    head(KNOWN_POSITION, seq, exchange, receive, id);
    priceExponent = (byte) priceExp;
    quantityExponent = (byte) quantityExp;
    value0 = entry;
    value1 = quantity;
    value2 = liquidation;
    value3 = account;
    value4 = opened;
    leverage = leverageSetting;
    side = (byte) positionSide;
  }

  /**
   * Fills the slot with a hole in one instrument's stream.
   *
   * @param exchange when the stream was whole again
   * @param missing messages of the venue known to be missing, 0 unknown
   * @param since since when the stream was silent, 0 unknown
   */
  public void interruption(
      final long seq,
      final long exchange,
      final long receive,
      final int id,
      final long missing,
      final long since) {
    head(INTERRUPTION, seq, exchange, receive, id);
    value0 = missing;
    value1 = since;
  }

  private void head(
      final int newKind, final long seq, final long exchange, final long receive, final int id) {
    kind = newKind;
    instrument = id;
    sequence = seq;
    exchangeTime = exchange;
    receiveTime = receive;
  }

  public void copyFrom(final FeedEvent other) {
    kind = other.kind;
    instrument = other.instrument;
    feedChecksum = other.feedChecksum;
    leverage = other.leverage;
    sequence = other.sequence;
    exchangeTime = other.exchangeTime;
    receiveTime = other.receiveTime;
    value0 = other.value0;
    value1 = other.value1;
    value2 = other.value2;
    value3 = other.value3;
    value4 = other.value4;
    side = other.side;
    priceExponent = other.priceExponent;
    quantityExponent = other.quantityExponent;
    definition = other.definition;
  }

  /** One of this class's kinds. */
  public int kind() {
    return kind;
  }

  /** Number of the instrument, −1 where the event has none. */
  public int instrument() {
    return instrument;
  }

  /** Feed-wide sequence. */
  public long sequence() {
    return sequence;
  }

  /** Time at the venue, ns. */
  public long exchangeTime() {
    return exchangeTime;
  }

  /** Time of receipt, ns. */
  public long receiveTime() {
    return receiveTime;
  }

  /** Checksum of all messages of the feed up to this event, those that were dropped included. */
  public int feedChecksum() {
    return feedChecksum;
  }

  void feedChecksum(final int checksum) {
    feedChecksum = checksum;
  }

  /**
   * Messages of the feed that went into this event: its own, or those that it counts as dropped.
   */
  public long messages() {
    if (kind == NONE) {
      return 0;
    }
    return kind == GAP && !isFromFeed() ? value1 + value2 + value3 + value4 : 1;
  }

  /** Whether a {@link #GAP} event is a message of the feed. */
  public boolean isFromFeed() {
    return side == 1;
  }

  /** What is implausible, {@link #TIME} to {@link #LIQUIDATION_PRICE}. */
  public int implausibility() {
    return side;
  }

  /** What is implausible: ns, or a mantissa. */
  public long implausibleValue() {
    return value0;
  }

  /** Exchange time of the implausible message, ns. */
  public long implausibleTime() {
    return value1;
  }

  /** Instrument of the implausible message, −1 for none. */
  public int implausibleInstrument() {
    return (int) value2;
  }

  /** Power of ten of the event's prices. */
  public int priceExponent() {
    return priceExponent;
  }

  /** Power of ten of the event's quantities. */
  public int quantityExponent() {
    return quantityExponent;
  }

  /** Definition of an {@link #INSTRUMENT} event. */
  public InstrumentDefinition definition() {
    return definition;
  }

  public long price() {
    return value0;
  }

  public long quantity() {
    return value1;
  }

  /** {@link #BUY} or {@link #SELL} of a trade. */
  public int takerSide() {
    return side;
  }

  /** {@link #LONG} or {@link #SHORT} of a liquidation or a known position. */
  public int positionSide() {
    return side;
  }

  /** Open interest, in the unit that the definition declares. */
  public long openInterest() {
    return value0;
  }

  public long markPrice() {
    return value0;
  }

  /** Index price, or {@link #ABSENT}. */
  public long indexPrice() {
    return value1;
  }

  /** Funding rate in 10⁻⁹ for one interval, or {@link #ABSENT}. */
  public long fundingRate() {
    return value2;
  }

  /** Time of the next funding, ns, 0 where unknown. */
  public long nextFundingTime() {
    return value3;
  }

  public long bidPrice() {
    return value0;
  }

  public long bidQuantity() {
    return value1;
  }

  public long askPrice() {
    return value2;
  }

  public long askQuantity() {
    return value3;
  }

  /** Accounts that are long for each that is short, 10⁻⁹. */
  public long longShortRatio() {
    return value0;
  }

  /** Mean entry price of a known position. */
  public long entryPrice() {
    return value0;
  }

  /** Price that liquidates a known position, or {@link #ABSENT}. */
  public long liquidationPrice() {
    return value2;
  }

  /** Whose a known position is: a number without meaning. */
  public long account() {
    return value3;
  }

  /** When a known position was opened, ns, 0 where unknown. */
  public long openedTime() {
    return value4;
  }

  /** Leverage setting of a known position, 10⁻², 0 where unknown. */
  public int leverage() {
    return leverage;
  }

  /** Counts of a {@link #GAP}, one reject of an {@link #IMPLAUSIBLE} event; a copy, allocates. */
  public FaultCounts faults() {
    final FaultTally faults = new FaultTally();
    addFaultsTo(faults);
    return faults;
  }

  /** Adds what {@link #faults} returns. */
  public void addFaultsTo(final FaultTally tally) {
    if (kind == GAP) {
      tally.addMissing(value0);
      tally.addDuplicates(value1);
      tally.addReordered(value2);
      tally.addRejected(value3);
      tally.addUnknown(value4);
    } else if (kind == IMPLAUSIBLE) {
      tally.addRejected(1);
    }
  }

  /** Messages that never came: sequences of a {@link #GAP}, the venue's of an interruption. */
  public long missing() {
    return value0;
  }

  /** Since when the stream of an interruption was silent, ns, 0 where unknown. */
  public long silentSince() {
    return value1;
  }
}
