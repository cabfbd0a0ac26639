package io.liqmap.engine.pipeline;

import io.liqmap.codecs.state.SnapshotDecoder;
import io.liqmap.engine.feed.Envelope;
import io.liqmap.engine.journal.JournalReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;

/** What a journal holds: frames of all events, and states by the events before. */
record Journaled(ByteBuffer events, Map<Long, byte[]> states) {
  static Journaled in(final Path folder) throws Exception {
    final ByteArrayOutputStream events = new ByteArrayOutputStream();
    final Map<Long, byte[]> states = new TreeMap<>();
    try (JournalReader reader = JournalReader.open(folder)) {
      while (reader.next()) {
        if (reader.kind() == Envelope.EVENTS) {
          final byte[] payload = new byte[reader.length()];
          reader.buffer().getBytes(reader.offset(), payload);
          events.write(payload);
        } else if (reader.kind() == Envelope.SNAPSHOT) {
          final UnsafeBuffer state = new UnsafeBuffer(0, 0);
          final SnapshotDecoder snapshot = reader.snapshot();
          final long after = snapshot.events();
          snapshot.wrapState(state);
          final byte[] copy = new byte[state.capacity()];
          state.getBytes(0, copy);
          states.put(after, copy);
        }
      }
    }
    return new Journaled(ByteBuffer.wrap(events.toByteArray()), states);
  }
}
