package io.liqmap.tools.history;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Samples of one map in the order of time, packed but for the last ones. Not for several threads;
 * {@link #copy} is.
 */
final class SampleSeries {
  /** Of no sample. */
  static final Copy EMPTY = new Copy(List.of(), List.of());

  private List<SampleBlock> blocks = new ArrayList<>();
  private List<Sample> open = new ArrayList<>();

  /** Prices after the last sample: of finer intervals that were left out. */
  private final Bar pending = new Bar();

  private long bytes;

  /** A state of a series. Immutable, for any thread. */
  record Copy(List<SampleBlock> blocks, List<Sample> open) {
    /** Visits samples of a range of times, both inclusive. */
    void forEach(final long from, final long to, final Consumer<Sample> visitor) {
      for (final SampleBlock block : blocks) {
        if (block.lastTime() >= from && block.firstTime() <= to) {
          visit(block.samples(), from, to, visitor);
        }
      }
      visit(open, from, to, visitor);
    }

    /** Blocks of the samples up to a time, inclusive. */
    List<SampleBlock> until(final long end) {
      final List<SampleBlock> found = new ArrayList<>();
      final List<Sample> rest = new ArrayList<>();
      for (final SampleBlock block : blocks) {
        if (block.lastTime() <= end) {
          found.add(block);
        } else if (block.firstTime() <= end) {
          visit(block.samples(), Long.MIN_VALUE, end, rest::add);
        }
      }
      visit(open, Long.MIN_VALUE, end, rest::add);
      for (int i = 0; i < rest.size(); i += SampleBlock.MOST) {
        found.add(SampleBlock.of(rest.subList(i, Math.min(rest.size(), i + SampleBlock.MOST))));
      }
      return found;
    }

    private static void visit(
        final List<Sample> samples,
        final long from,
        final long to,
        final Consumer<Sample> visitor) {
      for (final Sample sample : samples) {
        if (sample.time >= from && sample.time <= to) {
          visitor.accept(sample);
        }
      }
    }
  }

  /**
   * Appends a sample, which is later than all before.
   *
   * @param every interval that is kept: of a sample between, only the prices are
   */
  void append(final Sample sample, final long every) {
    pending.add(sample);
    if (Math.floorMod(sample.time, every) != 0) {
      return;
    }
    open.add(sample.with(pending));
    pending.clear();
    if (open.size() == SampleBlock.MOST) {
      add(SampleBlock.of(open));
      open = new ArrayList<>();
    }
  }

  /** Appends a block that was read. */
  void append(final SampleBlock block) {
    if (!open.isEmpty()) {
      throw new IllegalStateException("a block after single samples");
    }
    add(block);
  }

  private void add(final SampleBlock block) {
    blocks.add(block);
    bytes += block.packed().length;
  }

  /** Adds prices after the last sample. */
  void append(final Bar bar) {
    pending.add(bar.open(), bar.high(), bar.low(), bar.close());
  }

  /** Begins with what another series of the same map has pending. */
  void continueFrom(final SampleSeries before) {
    final Bar joined = before.pending;
    if (Double.isNaN(joined.open())) {
      return;
    }
    final SampleSeries rest = new SampleSeries();
    rest.append(joined);
    joined.clear();
    copy().forEach(Long.MIN_VALUE, Long.MAX_VALUE, (sample) -> rest.append(sample, 1));
    rest.append(pending);
    replaceBy(rest);
  }

  /** Keeps the samples of a coarser interval, a multiple of the one before. */
  void coarsen(final long every) {
    final SampleSeries coarse = new SampleSeries();
    copy().forEach(Long.MIN_VALUE, Long.MAX_VALUE, (sample) -> coarse.append(sample, every));
    coarse.append(pending);
    replaceBy(coarse);
  }

  private void replaceBy(final SampleSeries other) {
    blocks = other.blocks;
    open = other.open;
    bytes = other.bytes;
    pending.clear();
    append(other.pending);
  }

  /** What it holds now. */
  Copy copy() {
    return new Copy(List.copyOf(blocks), List.copyOf(open));
  }

  /** Bytes of its packed blocks. */
  long bytes() {
    return bytes;
  }
}
