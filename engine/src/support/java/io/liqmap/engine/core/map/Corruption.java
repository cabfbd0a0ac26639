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
 * @param kinds of events that it concerns
 * @param isCertain whether it is always found out; otherwise that depends on what is known
 * @param corrupt applies it to a message
 */
record Corruption(
    String name,
    FeedFault fault,
    Set<MarketEvent.Kind> kinds,
    boolean isCertain,
    Consumer<CorruptedMessage> corrupt) {
  private static final Set<MarketEvent.Kind> PRICED = Set.of(TRADE, MARK, LIQUIDATION);

  /** All ways. */
  static List<Corruption> all() {
    return List.of(
        corruption("gap", FeedFault.MISSING, (m) -> m.skipped = 3),
        corruption("duplicate", FeedFault.DUPLICATE, (m) -> m.times = 2),
        corruption("reorder", FeedFault.REORDERED, (m) -> m.isLate = true),
        corruption(
            "clock years ahead", FeedFault.TIME, (m) -> m.at += 3L * 365 * 86_400_000_000_000L),
        corruption("clock days behind", FeedFault.TIME, (m) -> m.at -= 30L * 86_400_000_000_000L),
        corruption("time in micros", FeedFault.TIME, (m) -> m.at /= 1_000),
        corruption("time in millis", FeedFault.TIME, (m) -> m.at /= 1_000_000),
        corruption("time zero", FeedFault.TIME, (m) -> m.at = 0),
        corruption("price zero", FeedFault.PRICE, PRICED, (m) -> m.price = 0),
        corruption("price negative", FeedFault.PRICE, PRICED, (m) -> m.price = -m.price),
        corruption("price absurd", FeedFault.PRICE, PRICED, (m) -> m.price = 1L << 53),
        corruption("price in larger unit", FeedFault.PRICE, PRICED, (m) -> m.price /= 1_000),
        corruption("price in smaller unit", FeedFault.PRICE, PRICED, (m) -> m.price *= 1_000),
        corruption("mark far from last", FeedFault.PRICE, Set.of(MARK), (m) -> m.price *= 12),
        corruption(
            "scale", FeedFault.SCALE, Set.of(TRADE, MARK, OPEN_INTEREST), (m) -> m.exponent = -3),
        corruption(
            "quantity zero", FeedFault.QUANTITY, Set.of(TRADE, LIQUIDATION), (m) -> m.quantity = 0),
        corruption(
            "quantity negative",
            FeedFault.QUANTITY,
            Set.of(TRADE, OPEN_INTEREST),
            (m) -> m.quantity = -5),
        corruption(
            "quantity absurd",
            FeedFault.QUANTITY,
            Set.of(TRADE),
            (m) -> m.quantity = (1L << 53) + 1),
        corruption(
            "quantity in quote",
            FeedFault.QUANTITY,
            Set.of(TRADE),
            (m) -> m.quantity *= m.price,
            false),
        corruption(
            "interest zero",
            FeedFault.QUANTITY,
            Set.of(OPEN_INTEREST),
            (m) -> m.quantity = 0,
            false),
        corruption(
            "interest in quote",
            FeedFault.QUANTITY,
            Set.of(OPEN_INTEREST),
            (m) -> m.quantity *= 6_000,
            false),
        corruption("side", FeedFault.VALUE, Set.of(TRADE), (m) -> m.side = 0),
        corruption("ratio zero", FeedFault.VALUE, Set.of(ACCOUNT_RATIO), (m) -> m.price = 0),
        corruption("unknown instrument", FeedFault.INSTRUMENT, (m) -> m.instrument = 1),
        corruption(
            "instrument out of range",
            FeedFault.INSTRUMENT,
            (m) -> m.instrument = Integer.MIN_VALUE),
        corruption("unknown template", FeedFault.TEMPLATE, (m) -> m.template = 99),
        corruption("unknown schema", FeedFault.SCHEMA, (m) -> m.schema = 1),
        corruption(
            "newer version",
            null,
            (m) -> {
              m.longerBlock = 24;
              m.version = 7;
            }),
        corruption("frame of 4 gib", FeedFault.LENGTH, (m) -> m.frameLength = -2),
        corruption("frame too short", FeedFault.LENGTH, (m) -> m.frameLength = 12),
        corruption(
            "huge counts", FeedFault.VALUE, (m) -> m.foreign = CorruptedMessage.Foreign.HUGE_GAP),
        corruption(
            "redefinition",
            FeedFault.DEFINITION,
            (m) -> m.foreign = CorruptedMessage.Foreign.OTHER_DEFINITION),
        corruption(
            "same definition", null, (m) -> m.foreign = CorruptedMessage.Foreign.SAME_DEFINITION),
        corruption("interruption", null, (m) -> m.foreign = CorruptedMessage.Foreign.INTERRUPTION),
        corruption(
            "huge interruption",
            FeedFault.VALUE,
            (m) -> m.foreign = CorruptedMessage.Foreign.HUGE_INTERRUPTION));
  }

  private static Corruption corruption(
      final String name, final FeedFault fault, final Consumer<CorruptedMessage> corrupt) {
    return corruption(name, fault, Set.of(MarketEvent.Kind.values()), corrupt);
  }

  private static Corruption corruption(
      final String name,
      final FeedFault fault,
      final Set<MarketEvent.Kind> kinds,
      final Consumer<CorruptedMessage> corrupt) {
    return corruption(name, fault, kinds, corrupt, true);
  }

  private static Corruption corruption(
      final String name,
      final FeedFault fault,
      final Set<MarketEvent.Kind> kinds,
      final Consumer<CorruptedMessage> corrupt,
      final boolean isCertain) {
    return new Corruption(name, fault, kinds, isCertain, corrupt);
  }

  boolean concerns(final CorruptedMessage message) {
    return kinds.contains(message.kind);
  }

  @Override
  public String toString() {
    return name;
  }
}
