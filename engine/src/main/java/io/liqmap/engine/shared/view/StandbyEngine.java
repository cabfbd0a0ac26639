package io.liqmap.engine.shared.view;

import java.io.IOException;
import java.nio.file.Path;

/** One of the engines that a standby reader reads. */
final class StandbyEngine {
  private final Path file;
  private final int instrument;
  private final ViewMemory memory;
  private final ViewReader reader;
  private final Questions questions;
  private StandbyReader.Likeness likeness = StandbyReader.Likeness.UNCOMPARED;
  private long compared;

  private StandbyEngine(final Path file, final int instrument, final ViewMemory memory) {
    this.file = file;
    this.instrument = instrument;
    this.memory = memory;
    reader = new ViewReader(memory, instrument);
    questions = new Questions(reader);
  }

  /**
   * Opens an engine's view.
   *
   * @throws IOException if it isn't there, or is none
   */
  static StandbyEngine open(final Path file, final int instrument) throws IOException {
    final ViewMemory memory = ViewMemory.open(file);
    try {
      return new StandbyEngine(file, instrument, memory);
    } catch (final RuntimeException e) {
      memory.close();
      throw e;
    }
  }

  /** The engine that has taken this one's place, or this one. */
  StandbyEngine successor() throws IOException {
    if (memory.isWriterAlive()) {
      return this;
    }
    final StandbyEngine found = open(file, instrument);
    if (found.memory.isWriterAlive()) {
      // What was read of this one stays readable.
      close();
      return found;
    }
    found.close();
    return this;
  }

  /** Compares it with what is held, where there is something new to compare. */
  void compare(final FeedLine line, final StandbyEngine holder) {
    if (this == holder) {
      likeness = StandbyReader.Likeness.SAME;
    } else if (memory.engine() == 0 || memory.engine() != holder.memory.engine()) {
      likeness = StandbyReader.Likeness.OTHER_SETTINGS;
    } else if (likeness != StandbyReader.Likeness.OTHER_FEED
        && (likeness == StandbyReader.Likeness.UNCOMPARED || compared != reader.checkSequence())) {
      switch (line.compare(reader)) {
        case SAME -> {
          likeness = StandbyReader.Likeness.SAME;
          compared = reader.checkSequence();
        }
        case OTHER -> likeness = StandbyReader.Likeness.OTHER_FEED;
        case UNKNOWN -> {
          // Behind, or ahead by more than the line reaches: compared later.
        }
      }
    }
  }

  StandbyReader.Likeness likeness() {
    return likeness;
  }

  boolean isAlive() {
    return memory.isWriterAlive();
  }

  ViewMemory memory() {
    return memory;
  }

  ViewReader reader() {
    return reader;
  }

  Questions questions() {
    return questions;
  }

  void close() {
    memory.close();
  }
}
