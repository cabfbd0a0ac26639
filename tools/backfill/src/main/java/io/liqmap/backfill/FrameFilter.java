package io.liqmap.backfill;

import io.liqmap.codecs.feed.InstrumentDefinitionDecoder;
import io.liqmap.codecs.feed.MessageHeaderDecoder;
import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.engine.feed.FrameCursor;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.collections.IntHashSet;

/**
 * Which frames of a feed file an instrument gets: its own, and all that aren't another's, such as
 * heartbeats and gaps. It learns whose a number is from the definitions that it sees. One thread.
 */
final class FrameFilter {
  static final int NO_INSTRUMENT = -1;

  private final InstrumentName name;
  private final IntHashSet others = new IntHashSet();
  private final InstrumentDefinitionDecoder definition = new InstrumentDefinitionDecoder();
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private int own;
  private long foreign;
  private int instrument;

  /**
   * Begins.
   *
   * @param name null for no instrument
   * @param own number of the instrument, {@link #NO_INSTRUMENT} before its definition
   * @param others numbers of other instruments
   * @param foreign numbered messages of others so far
   */
  FrameFilter(final InstrumentName name, final int own, final int[] others, final long foreign) {
    this.name = name;
    this.own = own;
    for (final int other : others) {
      this.others.add(other);
    }
    this.foreign = foreign;
  }

  /** Whether the instrument gets a frame. */
  boolean admits(final FrameCursor frame, final DirectBuffer frames) {
    instrument = NO_INSTRUMENT;
    if (!frame.isNumbered()) {
      return true;
    }
    instrument = frame.hasInstrument() ? frame.instrument() : NO_INSTRUMENT;
    if (isDefinition(frame) && isNew(instrument)) {
      if (defined(frame, frames).equals(name)) {
        own = instrument;
      } else {
        others.add(instrument);
      }
    }
    if (instrument == own || instrument < 0 || !others.contains(instrument)) {
      return true;
    }
    foreign++;
    return false;
  }

  /** Whether a numbered message is a definition, and long enough for names. */
  static boolean isDefinition(final FrameCursor frame) {
    return frame.template() == InstrumentDefinitionDecoder.TEMPLATE_ID
        && frame.messageLength()
            >= MessageHeaderDecoder.ENCODED_LENGTH
                + InstrumentDefinitionDecoder.venueEncodingOffset()
                + InstrumentDefinitionDecoder.venueEncodingLength();
  }

  private boolean isNew(final int id) {
    return id >= 0 && id != own && !others.contains(id);
  }

  /** The instrument that a definition defines. */
  InstrumentName defined(final FrameCursor frame, final DirectBuffer frames) {
    definition.wrapAndApplyHeader(frames, frame.message(), header);
    return new InstrumentName(definition.venue(), definition.symbol());
  }

  /** Number of the instrument of the last frame, {@link #NO_INSTRUMENT} for none. */
  int instrument() {
    return instrument;
  }

  int own() {
    return own;
  }

  /** Numbered messages of others so far. */
  long foreign() {
    return foreign;
  }

  int[] others() {
    final int[] numbers = new int[others.size()];
    int count = 0;
    for (final IntHashSet.IntIterator each = others.iterator(); each.hasNext(); ) {
      numbers[count++] = each.nextValue();
    }
    Arrays.sort(numbers);
    return numbers;
  }
}
