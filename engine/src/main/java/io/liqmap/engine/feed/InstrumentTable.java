package io.liqmap.engine.feed;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.InstrumentDefinitionDecoder;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import java.util.Arrays;
import java.util.Objects;

/** The instruments that a feed has defined, by number. One thread; allocates for definitions. */
final class InstrumentTable {
  private static final int NO_SCALE = Integer.MIN_VALUE;

  private final InstrumentDefinition[] definitions;
  private final int[] scales;

  /** What each is called in a text: its symbol, or its full name where another has the symbol. */
  private final String[] labels;

  InstrumentTable(final int maxInstruments) {
    definitions = new InstrumentDefinition[maxInstruments];
    scales = new int[maxInstruments];
    labels = new String[maxInstruments];
    Arrays.fill(scales, NO_SCALE);
  }

  void define(final InstrumentDefinition definition) {
    definitions[definition.id()] = definition;
    scales[definition.id()] = scale(definition.priceExponent(), definition.quantityExponent());
    labels[definition.id()] = definition.symbol();
    for (final InstrumentDefinition other : definitions) {
      if (other != null
          && other.id() != definition.id()
          && other.symbol().equals(definition.symbol())) {
        labels[other.id()] = other.name().toString();
        labels[definition.id()] = definition.name().toString();
      }
    }
  }

  /** Symbol of an instrument, or its full name where another has the symbol; empty before it. */
  String label(final int id) {
    return isDefined(id) ? labels[id] : "";
  }

  boolean hasRoomFor(final int id) {
    return id >= 0 && id < definitions.length;
  }

  boolean isDefined(final int id) {
    return id >= 0 && id < scales.length && scales[id] != NO_SCALE;
  }

  /** Null before the instrument was defined. */
  InstrumentDefinition definition(final int id) {
    return hasRoomFor(id) ? definitions[id] : null;
  }

  boolean hasScale(final int id, final int priceExponent, final int quantityExponent) {
    return scales[id] == scale(priceExponent, quantityExponent);
  }

  boolean hasPriceScale(final int id, final int priceExponent) {
    return definitions[id].priceExponent() == priceExponent;
  }

  boolean hasQuantityScale(final int id, final int quantityExponent) {
    return definitions[id].quantityExponent() == quantityExponent;
  }

  private static int scale(final int priceExponent, final int quantityExponent) {
    return (priceExponent << 8) | (quantityExponent & 0xFF);
  }

  /**
   * Reads a definition; null if a value is out of range, if it contradicts an earlier one, or if
   * another instrument has its venue and symbol. One without an origin keeps the origin stated
   * before.
   */
  InstrumentDefinition read(final InstrumentDefinitionDecoder message) {
    final InstrumentDefinition before = definitions[message.instrumentId()];
    final InstrumentDefinition read = decode(message);
    if (read == null
        || (before != null && !before.isSameInstrument(read))
        || isNameOfAnother(read)) {
      return null;
    }
    return before == null || read.origin().isStated() ? read : read.withOrigin(before.origin());
  }

  private boolean isNameOfAnother(final InstrumentDefinition definition) {
    for (final InstrumentDefinition other : definitions) {
      if (other != null
          && other.id() != definition.id()
          && other.name().equals(definition.name())) {
        return true;
      }
    }
    return false;
  }

  /** Definitions are rare, so an exception may decide here. */
  private static InstrumentDefinition decode(final InstrumentDefinitionDecoder message) {
    try {
      return new InstrumentDefinition(
          message.instrumentId(),
          message.symbol(),
          message.venue(),
          message.baseAsset(),
          message.quoteAsset(),
          message.priceExponent(),
          message.quantityExponent(),
          Objects.requireNonNull(ContractKind.get(message.contractKindRaw())),
          Objects.requireNonNull(OpenInterestUnit.get(message.openInterestUnitRaw())),
          Objects.requireNonNull(OpenInterestSides.get(message.openInterestSidesRaw())),
          message.tickSize(),
          message.lotSize(),
          message.contractMultiplier(),
          FeedOrigin.decode(message));
    } catch (final IllegalArgumentException outOfRange) {
      return null;
    }
  }

  /** Bytes that a definition of a version has at least. */
  static int blockLength(final int version) {
    return version < InstrumentDefinitionDecoder.tradeBarLengthSinceVersion()
        ? InstrumentDefinitionDecoder.tradeBarLengthEncodingOffset()
        : InstrumentDefinitionDecoder.BLOCK_LENGTH;
  }
}
