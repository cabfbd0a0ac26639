package io.liqmap.engine.shared.view;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads an instrument of two engines or more on one feed, and answers from the one that is ahead.
 *
 * <p>Each engine publishes a checksum of its settings, and of its feed at each 1,024 sequences. The
 * reader changes over to an engine only if both were the same at the last check points that it
 * could compare, and only forward: the sequence never falls. An engine that began later, lost
 * messages or has other settings is never taken. Where no engine can be taken, the last state stays
 * readable.
 *
 * <p>Messages that an engine lost since its last check point show at the next one; until then as
 * its gap: {@link ViewReader#missing}, {@link ViewReader#quality}.
 *
 * <p>One thread. {@link #refresh} allocates nothing and makes no system call; {@link #check} does
 * both, for some once a second.
 */
public final class StandbyReader implements AutoCloseable {
  /** How an engine compares with the state that is held. */
  public enum Likeness {
    /** It has no view, or a damaged one. */
    ABSENT,
    /** No check point of both was seen. */
    UNCOMPARED,
    /** The same at the newest check point that was seen of both. */
    SAME,
    /** Its settings differ, or it doesn't state them. */
    OTHER_SETTINGS,
    /** It had other messages: it began later, lost or repeated some, or reads another feed. */
    OTHER_FEED
  }

  private final Path[] files;
  private final int instrument;

  /** Null where there is none. */
  private final StandbyEngine[] engines;

  private final FeedLine line = new FeedLine();

  /** Null before the first state; may have been replaced among the engines. */
  private StandbyEngine holder;

  private int holderNumber;
  private long held;
  private long changeovers;

  /**
   * Opens the views that are there.
   *
   * @param files {@code liqmap.view} of each engine's shared folder
   * @param instrument its number in the feed
   * @throws IOException if none is there, or one is no view
   * @throws IllegalArgumentException if a view has no room for such a number
   */
  public StandbyReader(final List<Path> files, final int instrument) throws IOException {
    this.files = files.toArray(Path[]::new);
    this.instrument = instrument;
    engines = new StandbyEngine[this.files.length];
    NoSuchFileException missing = null;
    int found = 0;
    try {
      for (int i = 0; i < engines.length; i++) {
        try {
          engines[i] = StandbyEngine.open(this.files[i], instrument);
          found++;
        } catch (final NoSuchFileException e) {
          missing = e;
        }
      }
      if (found == 0) {
        throw missing == null ? new NoSuchFileException("no view was named") : missing;
      }
    } catch (final IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Copies the newest state of all engines, and takes the one that is ahead.
   *
   * @return whether the state that is held is a newer one
   */
  public boolean refresh() {
    final long before = holder == null ? 0 : holder.reader().publication();
    final StandbyEngine answered = holder;
    for (final StandbyEngine engine : engines) {
      if (engine != null) {
        engine.reader().refresh();
      }
    }
    if (holder == null && !begin()) {
      return false;
    }
    holder.reader().refresh();
    line.add(holder.reader());
    int ahead = -1;
    long most = holder.reader().sequence();
    for (int i = 0; i < engines.length; i++) {
      final StandbyEngine engine = engines[i];
      if (engine != null) {
        engine.compare(line, holder);
        if (engine.likeness() == Likeness.SAME && engine.reader().sequence() > most) {
          ahead = i;
          most = engine.reader().sequence();
        }
      }
    }
    if (ahead >= 0) {
      take(ahead);
    }
    held = most;
    return holder != answered || holder.reader().publication() > before;
  }

  /** Begins with the engine that is ahead: there is nothing to compare it with. */
  private boolean begin() {
    long most = 0;
    for (int i = 0; i < engines.length; i++) {
      if (engines[i] != null && engines[i].reader().sequence() > most) {
        holder = engines[i];
        holderNumber = i;
        most = holder.reader().sequence();
      }
    }
    return holder != null;
  }

  private void take(final int number) {
    holder = engines[number];
    if (number != holderNumber) {
      changeovers++;
      holderNumber = number;
    }
    line.add(holder.reader());
  }

  /**
   * Opens the views of engines that have started, or started again, since.
   *
   * @return whether the engine that answers is alive; false before the first state
   * @throws IOException if something else than a view is there
   */
  public boolean check() throws IOException {
    for (int i = 0; i < engines.length; i++) {
      try {
        engines[i] =
            engines[i] == null ? StandbyEngine.open(files[i], instrument) : engines[i].successor();
      } catch (final NoSuchFileException e) {
        // It hasn't started, or its folder was removed.
      }
    }
    return holder != null && holder == engines[holderNumber] && holder.isAlive();
  }

  private StandbyEngine answering() {
    if (holder == null) {
      throw new IllegalStateException("no engine has published the instrument; refresh again");
    }
    return holder;
  }

  /** Sequence of the state that is held, 0 before the first; never falls. */
  public long sequence() {
    return held;
  }

  /** Number of the engine that answers, in the order of the files. */
  public int engine() {
    return holderNumber;
  }

  /**
   * The state that is held; another object after a changeover. Only {@link #refresh} of this class
   * may refresh it.
   *
   * @throws IllegalStateException before the first state
   */
  public ViewReader reader() {
    return answering().reader();
  }

  /**
   * Answers about it; another object after a changeover.
   *
   * @throws IllegalStateException before the first state
   */
  public Questions questions() {
    return answering().questions();
  }

  /**
   * The view that it is from: for names, and for readers of further maps.
   *
   * @throws IllegalStateException before the first state
   */
  public ViewMemory view() {
    return answering().memory();
  }

  /** How an engine compares with the state that is held, as of the last refresh. */
  public Likeness likeness(final int engine) {
    return engines[engine] == null ? Likeness.ABSENT : engines[engine].likeness();
  }

  /** How often another engine has answered than before. */
  public long changeovers() {
    return changeovers;
  }

  /** Closes all views; what is held stays readable. */
  @Override
  public void close() {
    for (final StandbyEngine engine : engines) {
      if (engine != null) {
        engine.close();
      }
    }
  }
}
