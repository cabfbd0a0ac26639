package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.journal.SnapshotIndex;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Damaged journals: read as they were written, up to the end that they report. */
@Tag("fuzz")
final class JournalFuzzTest {
  private static final FreshWriters WRITERS =
      new FreshWriters(
          TestSettings.ladder(), ClusterSettings.DEFAULT, EngineSettingsFixture.INSTRUMENTS);

  @TempDir private static Path folder;
  private static CorruptedJournal journal;
  private static List<Document> whole;

  /** A document that was read. */
  private record Document(int kind, long events, long checksum) {}

  @BeforeAll
  static void writeJournal() throws Exception {
    journal = CorruptedJournal.in(folder.resolve("journal"));
    whole = new ArrayList<>();
    try (JournalReader reader = JournalReader.open(journal.folder())) {
      whole.add(document(reader));
      while (reader.next()) {
        whole.add(document(reader));
      }
    }
    assertEquals(journal.documents(), whole.size());
  }

  @FuzzTest
  void shouldNeverMisreadADamagedJournal(final byte[] changes) throws IOException {
    journal.damage(changes);
    try (JournalReader reader = JournalReader.open(journal.folder())) {
      assertTrue(reader.snapshots().size() <= whole.size());
      final List<SnapshotIndex.Entry> recent = reader.recentSnapshots();
      assertTrue(recent.size() <= 4);
      for (final SnapshotIndex.Entry entry : recent) {
        assertTrue(reader.moveTo(entry.place()));
        readOn(reader, (int) entry.place().documents());
      }
      reader.rewind();
      assertEquals(whole.get(0), document(reader));
      assertTrue(readOn(reader, 1), "read as if it were whole");
    } catch (final JournalException refused) {
      assertTrue(refused.getMessage().contains(folder.toString()), refused.getMessage());
    } finally {
      journal.putBack();
    }
  }

  /**
   * What can be read from a document on is what was written.
   *
   * @return false where a flaw was reported
   */
  private static boolean readOn(final JournalReader reader, final int from) {
    int number = from;
    try {
      while (reader.next()) {
        assertTrue(number < whole.size(), "more documents than were written");
        assertEquals(whole.get(number), document(reader));
        number++;
      }
    } catch (final JournalException damaged) {
      assertTrue(damaged.getMessage().contains("document " + number), damaged.getMessage());
      return true;
    }
    return number == whole.size();
  }

  private static Document document(final JournalReader reader) {
    final byte[] payload = new byte[reader.length()];
    reader.buffer().getBytes(reader.offset(), payload);
    final CRC32C crc = new CRC32C();
    crc.update(payload);
    return new Document(reader.kind(), reader.events(), crc.getValue());
  }

  /** Checksums are right and contents aren't, as only another version or a hand could do it. */
  @FuzzTest
  void shouldReplayOrRefuseForgedDocuments(final byte[] changes) throws IOException {
    journal.forge(changes);
    try (JournalReader reader = JournalReader.open(journal.folder())) {
      replay(reader).fromStart(Until.END);
    } catch (final JournalException refused) {
      assertTrue(refused.getMessage().length() > 10, refused.getMessage());
    }
    try (JournalReader reader = JournalReader.open(journal.folder())) {
      replay(reader).fromSnapshot(Until.END);
    } catch (final JournalException refused) {
      assertTrue(refused.getMessage().length() > 10, refused.getMessage());
    }
    try (JournalReader reader = JournalReader.open(journal.folder())) {
      replay(reader).toEnd();
    } catch (final JournalException | IllegalStateException refused) {
      assertTrue(refused.getMessage().length() > 10, refused.getMessage());
    } finally {
      journal.putBack();
    }
  }

  private static Replay replay(final JournalReader reader) throws IOException {
    return new Replay(
        reader,
        reader.snapshots(),
        new FeedAdapter(EngineSettingsFixture.INSTRUMENTS),
        WRITERS.next());
  }
}
