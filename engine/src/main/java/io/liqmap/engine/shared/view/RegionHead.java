package io.liqmap.engine.shared.view;

import io.liqmap.engine.core.map.Instrument;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes the part of a region that never changes, before its first publication. */
final class RegionHead {
  private RegionHead() {}

  /**
   * Writes what a region is of.
   *
   * @param variant name of the map that it shows
   * @param leverages how many the map has
   * @return how many of them the view has room for; others count in the sums of their clusters only
   */
  static int write(
      final ViewMemory memory,
      final int region,
      final Instrument instrument,
      final double resolutionBps,
      final String variant,
      final int leverages,
      final IntToDoubleFunction leverage) {
    final double width = StrictMath.log1p(resolutionBps / 10_000);
    if (width != memory.logWidth()) {
      throw new IllegalArgumentException(
          "the view's buckets are " + memory.logWidth() + " wide, those of the map " + width);
    }
    final UnsafeBuffer buffer = memory.buffer();
    final int at = memory.layout().region(region);
    final String quote = instrument.quoteAsset();
    text(buffer, at + ViewLayout.SYMBOL, ViewLayout.SYMBOL_LENGTH, instrument.symbol());
    text(buffer, at + ViewLayout.BASE_ASSET, ViewLayout.ASSET_LENGTH, instrument.baseAsset());
    text(buffer, at + ViewLayout.QUOTE_ASSET, ViewLayout.ASSET_LENGTH, quote);
    text(buffer, at + ViewLayout.VENUE, ViewLayout.ASSET_LENGTH, instrument.venue());
    text(buffer, at + ViewLayout.VARIANT, ViewLayout.VARIANT_LENGTH, variant);
    buffer.putDouble(at + ViewLayout.PRICE_UNIT, instrument.priceUnit());
    final int shown = Math.min(memory.layout().leverages(), leverages);
    buffer.putInt(at + ViewLayout.LEVERAGE_COUNT, shown);
    buffer.putInt(at + ViewLayout.MEMBER_COUNT, 0);
    for (int i = 0; i < shown; i++) {
      buffer.putDouble(at + ViewLayout.LEVERAGE_VALUES + 8 * i, leverage.applyAsDouble(i));
    }
    return shown;
  }

  /** Writes the full names of a group's members, which there is room for. */
  static void writeMembers(final ViewMemory memory, final int region, final List<String> members) {
    final UnsafeBuffer buffer = memory.buffer();
    buffer.putInt(memory.layout().region(region) + ViewLayout.MEMBER_COUNT, members.size());
    for (int i = 0; i < members.size(); i++) {
      final int at = memory.layout().region(region) + memory.layout().memberName(i);
      text(buffer, at, ViewLayout.MEMBER_NAME_LENGTH, members.get(i));
    }
  }

  private static void text(
      final UnsafeBuffer buffer, final int offset, final int room, final String text) {
    final byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    buffer.setMemory(offset, room, (byte) 0);
    buffer.putBytes(offset, ascii, 0, Math.min(room, ascii.length));
  }
}
