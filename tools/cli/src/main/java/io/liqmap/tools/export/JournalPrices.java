package io.liqmap.tools.export;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.feed.Envelope;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * What the events of a part of a journal say of instruments' prices, without a map: their range,
 * and the largest liquidations that venues reported. One thread.
 */
public final class JournalPrices {
  private final FeedAdapter adapter;
  private final FeedEvent event = new FeedEvent();
  private final Set<String> instruments;
  private final long from;
  private final long to;
  private final int kept;
  private final PriorityQueue<Liquidation> liquidations =
      new PriorityQueue<>(Comparator.comparingDouble(Liquidation::notional));
  private double low = Double.POSITIVE_INFINITY;
  private double high;

  /**
   * A reported liquidation.
   *
   * @param time ns since 1970
   * @param side of the position
   * @param price quote asset
   * @param notional quote asset
   */
  public record Liquidation(long time, Side side, double price, double notional) {}

  private JournalPrices(
      final Set<String> instruments,
      final int maxInstruments,
      final long from,
      final long to,
      final int kept) {
    this.instruments = instruments;
    this.from = from;
    this.to = to;
    this.kept = kept;
    adapter = new FeedAdapter(maxInstruments);
  }

  /**
   * Reads a journal.
   *
   * @param instruments full names
   * @param from first time, ns
   * @param to last time, ns
   * @param kept liquidations to keep at most
   */
  public static JournalPrices read(
      final Path journal,
      final int maxInstruments,
      final Set<String> instruments,
      final long from,
      final long to,
      final int kept)
      throws IOException {
    final JournalPrices prices = new JournalPrices(instruments, maxInstruments, from, to, kept);
    try (JournalReader reader = JournalReader.open(journal)) {
      prices.read(reader);
    }
    return prices;
  }

  private void read(final JournalReader reader) throws IOException {
    while (reader.next()) {
      if (reader.kind() == Envelope.EVENTS) {
        adapter.wrap(reader.buffer(), reader.offset(), reader.length());
        while (adapter.next(event)) {
          if (event.exchangeTime() > to) {
            return;
          }
          if (event.exchangeTime() >= from) {
            add();
          }
        }
      }
    }
  }

  private void add() {
    final long mantissa =
        switch (event.kind()) {
          case FeedEvent.TRADE, FeedEvent.LIQUIDATION -> event.price();
          case FeedEvent.MARK_PRICE -> event.markPrice();
          default -> 0;
        };
    final InstrumentDefinition definition =
        mantissa > 0 ? adapter.definition(event.instrument()) : null;
    if (definition == null || !instruments.contains(definition.name().toString())) {
      return;
    }
    final double price = mantissa * StrictMath.pow(10, event.priceExponent());
    if (event.kind() == FeedEvent.LIQUIDATION) {
      addLiquidation(definition, price);
      return;
    }
    low = Math.min(low, price);
    high = Math.max(high, price);
  }

  private void addLiquidation(final InstrumentDefinition definition, final double price) {
    final double quantity = event.quantity() * StrictMath.pow(10, event.quantityExponent());
    final double notional =
        definition.contractKind() == ContractKind.INVERSE ? quantity : quantity * price;
    liquidations.add(
        new Liquidation(
            event.exchangeTime(),
            event.positionSide() == FeedEvent.LONG ? Side.LONG : Side.SHORT,
            price,
            notional));
    if (liquidations.size() > kept) {
      liquidations.remove();
    }
  }

  /** Lowest traded or mark price, quote asset; infinite without any. */
  public double low() {
    return low;
  }

  /** Highest traded or mark price, quote asset; 0 without any. */
  public double high() {
    return high;
  }

  /** The largest liquidations, in the order of time. */
  public List<Liquidation> liquidations() {
    return liquidations.stream().sorted(Comparator.comparingLong(Liquidation::time)).toList();
  }
}
