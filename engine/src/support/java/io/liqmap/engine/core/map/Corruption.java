package io.liqmap.engine.core.map;

import static io.liqmap.engine.core.map.MarketEvent.Kind.ACCOUNT_RATIO;
import static io.liqmap.engine.core.map.MarketEvent.Kind.LIQUIDATION;
import static io.liqmap.engine.core.map.MarketEvent.Kind.MARK;
import static io.liqmap.engine.core.map.MarketEvent.Kind.OPEN_INTEREST;
import static io.liqmap.engine.core.map.MarketEvent.Kind.TRADE;

import io.liqmap.engine.feed.FeedFault;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A way in which feeds go wrong.
 *
 * @param name what goes wrong
 * @param fault as what it counts, null if it isn't a fault
 * @param kinds of events that can be spoilt so
 * @param isCertain whether it is always found out; otherwise that depends on what is known
 * @param spoil does it to a message
 */
record Corruption(
    String name,
    FeedFault fault,
    Set<MarketEvent.Kind> kinds,
    boolean isCertain,
    Consumer<CorruptedMessage> spoil) {
  private static final Set<MarketEvent.Kind> PRICED = Set.of(TRADE, MARK, LIQUIDATION);

  /** All ways. */
  static List<Corruption> all() {
    return List.of(
        spoiling("gap", FeedFault.MISSING, (m) -> m.skipped = 3),
        spoiling("duplicate", FeedFault.DUPLICATE, (m) -> m.times = 2),
        spoiling("reorder", FeedFault.REORDERED, (m) -> m.isLate = true),
        spoiling(
            "clock years ahead", FeedFault.TIME, (m) -> m.at += 3L * 365 * 86_400_000_000_000L),
        spoiling("clock days behind", FeedFault.TIME, (m) -> m.at -= 30L * 86_400_000_000_000L),
        spoiling("time in micros", FeedFault.TIME, (m) -> m.at /= 1_000),
        spoiling("time in millis", FeedFault.TIME, (m) -> m.at /= 1_000_000),
        spoiling("time zero", FeedFault.TIME, (m) -> m.at = 0),
        spoiling("price zero", FeedFault.PRICE, PRICED, (m) -> m.price = 0),
        spoiling("price negative", FeedFault.PRICE, PRICED, (m) -> m.price = -m.price),
        spoiling("price absurd", FeedFault.PRICE, PRICED, (m) -> m.price = 1L << 53),
        spoiling("price in larger unit", FeedFault.PRICE, PRICED, (m) -> m.price /= 1_000),
        spoiling("price in smaller unit", FeedFault.PRICE, PRICED, (m) -> m.price *= 1_000),
        spoiling("mark far from last", FeedFault.PRICE, Set.of(MARK), (m) -> m.price *= 12),
        spoiling(
            "scale", FeedFault.SCALE, Set.of(TRADE, MARK, OPEN_INTEREST), (m) -> m.exponent = -3),
        spoiling(
            "quantity zero", FeedFault.QUANTITY, Set.of(TRADE, LIQUIDATION), (m) -> m.quantity = 0),
        spoiling(
            "quantity negative",
            FeedFault.QUANTITY,
            Set.of(TRADE, OPEN_INTEREST),
            (m) -> m.quantity = -5),
        spoiling(
            "quantity absurd",
            FeedFault.QUANTITY,
            Set.of(TRADE),
            (m) -> m.quantity = (1L << 53) + 1),
        spoiling(
            "quantity in quote",
            FeedFault.QUANTITY,
            Set.of(TRADE),
            (m) -> m.quantity *= m.price,
            false),
        spoiling(
            "interest zero",
            FeedFault.QUANTITY,
            Set.of(OPEN_INTEREST),
            (m) -> m.quantity = 0,
            false),
        spoiling(
            "interest in quote",
            FeedFault.QUANTITY,
            Set.of(OPEN_INTEREST),
            (m) -> m.quantity *= 6_000,
            false),
        spoiling("side", FeedFault.VALUE, Set.of(TRADE), (m) -> m.side = 0),
        spoiling("ratio zero", FeedFault.VALUE, Set.of(ACCOUNT_RATIO), (m) -> m.price = 0),
        spoiling("unknown instrument", FeedFault.INSTRUMENT, (m) -> m.instrument = 1),
        spoiling(
            "instrument out of range",
            FeedFault.INSTRUMENT,
            (m) -> m.instrument = Integer.MIN_VALUE),
        spoiling("unknown template", FeedFault.TEMPLATE, (m) -> m.template = 99),
        spoiling("unknown schema", FeedFault.SCHEMA, (m) -> m.schema = 1),
        spoiling(
            "newer version",
            null,
            (m) -> {
              m.longerBlock = 24;
              m.version = 7;
            }),
        spoiling("frame of 4 gib", FeedFault.LENGTH, (m) -> m.frameLength = -2),
        spoiling("frame too short", FeedFault.LENGTH, (m) -> m.frameLength = 12),
        spoiling(
            "huge counts", FeedFault.VALUE, (m) -> m.foreign = CorruptedMessage.Foreign.HUGE_GAP),
        spoiling(
            "redefinition",
            FeedFault.DEFINITION,
            (m) -> m.foreign = CorruptedMessage.Foreign.OTHER_DEFINITION),
        spoiling(
            "same definition", null, (m) -> m.foreign = CorruptedMessage.Foreign.SAME_DEFINITION));
  }

  private static Corruption spoiling(
      final String name, final FeedFault fault, final Consumer<CorruptedMessage> spoil) {
    return spoiling(name, fault, Set.of(MarketEvent.Kind.values()), spoil);
  }

  private static Corruption spoiling(
      final String name,
      final FeedFault fault,
      final Set<MarketEvent.Kind> kinds,
      final Consumer<CorruptedMessage> spoil) {
    return spoiling(name, fault, kinds, spoil, true);
  }

  private static Corruption spoiling(
      final String name,
      final FeedFault fault,
      final Set<MarketEvent.Kind> kinds,
      final Consumer<CorruptedMessage> spoil,
      final boolean isCertain) {
    return new Corruption(name, fault, kinds, isCertain, spoil);
  }

  boolean concerns(final CorruptedMessage message) {
    return kinds.contains(message.kind);
  }

  @Override
  public String toString() {
    return name;
  }
}
