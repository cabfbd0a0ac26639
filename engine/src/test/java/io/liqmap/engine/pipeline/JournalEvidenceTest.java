package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.Envelope;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.replay.JournalCheck;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.support.JournalCopies;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every class of damage to a journal: it is found, or it is in bytes that nothing reads, and then
 * the journal replays to the very same state. Reading changes nothing.
 */
@Tag("slow")
class JournalEvidenceTest {
  private static final int MAGIC = 0x424D514C;
  private static final int CLOSED = 36;
  private static final int FIRST_DAY = 40;
  private static final int CHAIN_START = 48;

  /** Each so-manyth byte or document is damaged: {@code -Dliqmap.evidence.step=1} for all. */
  private static final int STEP = Integer.getInteger("liqmap.evidence.step", 5);

  @TempDir private static Path shared;
  private static Path first;
  private static Path second;

  @TempDir private Path folder;
  private Path journal;
  private Outcome whole;

  /** What readers make of a journal; a flaw is null where they find none. */
  private record Outcome(String flaw, long events, long hash, String replayFlaw) {}

  /** Where a document's envelope starts in the queue's file, and how long it is. */
  private record Document(int start, int length) {}

  @BeforeAll
  static void writeJournals() throws Exception {
    first = write("first", 3);
    second = write("second", 4);
  }

  @BeforeEach
  void copyTheJournal() throws Exception {
    journal = folder.resolve("journal");
    JournalCopies.folder(first, journal);
    whole = read();
    assertNull(whole.flaw());
    assertNull(whole.replayFlaw());
  }

  private static Path write(final String name, final long seed) throws Exception {
    final Path path = shared.resolve(name);
    final EngineSettings settings = EngineSettingsFixture.of(ThreadingMode.INLINE, 64, 1);
    try (Engine engine = Engine.launch(settings, path, Outputs.NONE)) {
      engine.run(new RandomFeed(seed, 1_500, 50, false), ReplayPace.max());
      engine.finish();
    }
    return path;
  }

  private Outcome read() throws IOException {
    String flaw;
    long events = 0;
    try (JournalReader reader = JournalReader.open(journal)) {
      final JournalCheck check = JournalCheck.of(reader);
      flaw = check.damage();
      events = check.events();
    } catch (final JournalException e) {
      flaw = e.getMessage();
    }
    try (JournalReader reader = JournalReader.open(journal)) {
      final Replay replay = EngineSettingsFixture.replay(reader);
      String replayFlaw = null;
      try {
        replay.fromStart(Until.END);
      } catch (final JournalException e) {
        replayFlaw = e.getMessage();
      }
      return new Outcome(flaw, events, replay.map().stateHash(), replayFlaw);
    } catch (final JournalException e) {
      return new Outcome(flaw, events, 0, e.getMessage());
    }
  }

  /** The hash that a map is answered from, null where it is refused. */
  private Long answered() throws IOException {
    try (JournalReader reader = JournalReader.open(journal)) {
      final Replay replay = EngineSettingsFixture.replay(reader);
      replay.fromSnapshot(Until.END);
      return replay.map().stateHash();
    } catch (final JournalException e) {
      return null;
    }
  }

  private Path queueFile() throws IOException {
    return queueFile(journal);
  }

  private static Path queueFile(final Path of) throws IOException {
    try (Stream<Path> files = Files.list(of.resolve("queue"))) {
      return files.filter((file) -> file.toString().endsWith(".cq4")).findFirst().orElseThrow();
    }
  }

  private Path mark() {
    return journal.resolve("liqmap.journal");
  }

  /** Checksums of all files, by name. */
  private SortedMap<String, Long> evidence() throws IOException {
    final SortedMap<String, Long> sums = new TreeMap<>();
    try (Stream<Path> files = Files.walk(journal)) {
      for (final Path file : files.filter(Files::isRegularFile).toList()) {
        final CRC32C crc = new CRC32C();
        crc.update(Files.readAllBytes(file));
        sums.put(journal.relativize(file).toString(), crc.getValue());
      }
    }
    return sums;
  }

  private static void flip(final Path file, final long at, final int mask) throws IOException {
    final ByteBuffer one = ByteBuffer.allocate(1);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      channel.read(one, at);
      one.put(0, (byte) (one.get(0) ^ mask)).flip();
      channel.write(one, at);
    }
  }

  private static List<Document> documents(final byte[] content) {
    final ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    final List<Document> found = new ArrayList<>();
    for (int at = 4; at + 64 <= content.length; at += 4) {
      if (bytes.getInt(at) == MAGIC) {
        found.add(new Document(at, bytes.getInt(at - 4) & 0x3FFFFFFF));
      }
    }
    return found;
  }

  /**
   * Flips a bit, holds what has to hold, and flips it back.
   *
   * @return what is said of it, null if it isn't found
   */
  private String flawWith(final Path file, final long at, final int mask) throws IOException {
    flip(file, at, mask);
    try {
      final String where = file.getFileName() + ": byte " + at + " ^ " + mask;
      final Outcome outcome = read();
      final Long answered = answered();
      assertTrue(answered == null || answered == whole.hash(), where + " leads to another map");
      if (outcome.flaw() == null) {
        assertEquals(whole, outcome, where);
      } else {
        assertTrue(outcome.flaw().startsWith(journal.toString()), where + outcome.flaw());
        assertNotNull(outcome.replayFlaw(), where + " isn't reported by a replay");
      }
      return outcome.flaw();
    } finally {
      flip(file, at, mask);
    }
  }

  @Test
  void shouldFindAnyFlippedBitOfADocumentAndSayInWhich() throws Exception {
    final Path file = queueFile();
    final List<Document> documents = documents(Files.readAllBytes(file));
    final SortedMap<String, Long> before = evidence();
    final SplittableRandom random = new SplittableRandom(17);
    for (int number = 0; number < documents.size(); number += STEP) {
      final Document document = documents.get(number);
      final int length = document.length() - 3;
      final int[] places = {
        random.nextInt(Envelope.LENGTH),
        Envelope.LENGTH + random.nextInt(8),
        random.nextInt(length),
        length - 1
      };
      for (final int place : places) {
        final String flaw = flawWith(file, document.start() + place, 1 << random.nextInt(8));
        final String where = "byte " + place + " of document " + number + ": " + flaw;
        assertNotNull(flaw, where);
        assertTrue(flaw.contains(": document " + number + ", behind event "), where);
      }
    }
    assertEquals(before, evidence());
    assertEquals(whole, read());
  }

  /** Its settings, its index, its headers: documents may follow one another all the same. */
  @Test
  void shouldFindOrNotReadAFlippedBitOfWhatIsChronicleQueues() throws Exception {
    final Path file = queueFile();
    final List<Document> documents = documents(Files.readAllBytes(file));
    final SortedMap<String, Long> before = evidence();
    final SplittableRandom random = new SplittableRandom(18);
    for (int at = 0; at < 512; at += 7 * STEP) {
      flawWith(file, at, 1 << random.nextInt(8));
    }
    for (int number = 0; number < documents.size(); number += STEP) {
      final Document document = documents.get(number);
      for (int byteOfHeader = 1; byteOfHeader <= 4; byteOfHeader++) {
        flawWith(file, document.start() - byteOfHeader, 1 << random.nextInt(8));
      }
    }
    assertEquals(before, evidence());
    assertEquals(whole, read());
  }

  @Test
  void shouldFindAnyFlippedBitOfTheMarkThatIsRead() throws Exception {
    final SortedMap<String, Long> before = evidence();
    for (int at = 0; at < 320; at += STEP) {
      final String flaw = flawWith(mark(), at, 1 << at % 8);
      // A run that ended cleanly and one that didn't differ in this byte alone.
      assertTrue(flaw != null || isUnread(at), "byte " + at + " of the mark");
    }
    assertEquals(before, evidence());
  }

  /** Whether a run ended cleanly, of which either can be; places of which there are others. */
  private static boolean isUnread(final int byteOfMark) {
    return (byteOfMark >= CLOSED && byteOfMark < FIRST_DAY) || byteOfMark >= CHAIN_START + 4;
  }

  /** What may befall a folder, and where it has to be said to be. */
  enum Damage {
    QUEUE_CUT_AT_A_DOCUMENT(": document 5, behind event 200: the journal ends after 5 documents"),
    QUEUE_CUT_IN_A_DOCUMENT(": document 5, behind event 200: "),
    QUEUE_CUT_IN_THE_LAST_DOCUMENT(": document 35, behind event 1500: "),
    QUEUE_EMPTY(": document 0, behind event 0: the journal ends after 0 documents"),
    QUEUE_GONE(": document 0, behind event 0: the journal ends after 0 documents"),
    QUEUE_OF_ANOTHER_JOURNAL(
        ": document 0, behind event 0: the mark and the queue are of two journals"),
    QUEUE_OF_WORDS(": document 0, behind event 0: "),
    PAGE_OF_ZEROS(": document 6, behind event 250: the checksum doesn't match"),
    DOCUMENTS_SWAPPED(": document 2, behind event 50: the document bears the number 23"),
    DOCUMENT_DOUBLED(": document 23, behind event 1000: the document bears the number 2"),
    ENVELOPE_OF_ANOTHER_FORMAT(": document 5, behind event 200: block format 2 is not known"),
    MARK_CUT("/liqmap.journal: has 100 bytes"),
    MARK_EMPTY("/liqmap.journal: has 0 bytes"),
    MARK_GONE(": has lost its mark"),
    MARK_OF_ANOTHER_JOURNAL(
        ": document 0, behind event 0: the mark and the queue are of two journals"),
    MARK_OF_WORDS("/liqmap.journal: is not the mark of a journal"),
    MARK_OF_ANOTHER_FORMAT("/liqmap.journal: is of journal format 0");

    private final String where;

    Damage(final String where) {
      this.where = where;
    }
  }

  private void inflict(final Damage damage) throws Exception {
    final Path file = queueFile();
    final byte[] content = Files.readAllBytes(file);
    final List<Document> documents = documents(content);
    final Document fifth = documents.get(5);
    final Document last = documents.get(documents.size() - 1);
    final byte[] words = "dear reader\n".repeat(100).getBytes(StandardCharsets.UTF_8);
    switch (damage) {
      case QUEUE_CUT_AT_A_DOCUMENT -> Files.write(file, Arrays.copyOf(content, fifth.start() - 4));
      case QUEUE_CUT_IN_A_DOCUMENT -> Files.write(file, Arrays.copyOf(content, fifth.start() + 99));
      case QUEUE_CUT_IN_THE_LAST_DOCUMENT ->
          Files.write(file, Arrays.copyOf(content, last.start() + 70));
      case QUEUE_EMPTY -> Files.write(file, new byte[0]);
      case QUEUE_GONE -> Files.delete(file);
      case QUEUE_OF_ANOTHER_JOURNAL -> Files.write(file, Files.readAllBytes(queueFile(second)));
      case QUEUE_OF_WORDS -> Files.write(file, words);
      case PAGE_OF_ZEROS -> {
        final int page = (fifth.start() + 4_095) / 4_096 * 4_096;
        Arrays.fill(content, page, page + 4_096, (byte) 0);
        Files.write(file, content);
      }
      case DOCUMENTS_SWAPPED, DOCUMENT_DOUBLED -> {
        final Document[] twins = twins(documents);
        final byte[] first = copyOf(content, twins[0]);
        final byte[] second = copyOf(content, twins[1]);
        System.arraycopy(first, 0, content, twins[1].start(), first.length);
        if (damage == Damage.DOCUMENTS_SWAPPED) {
          System.arraycopy(second, 0, content, twins[0].start(), second.length);
        }
        Files.write(file, content);
      }
      case ENVELOPE_OF_ANOTHER_FORMAT -> flip(file, fifth.start() + 5, 3);
      case MARK_CUT -> Files.write(mark(), Arrays.copyOf(Files.readAllBytes(mark()), 100));
      case MARK_EMPTY -> Files.write(mark(), new byte[0]);
      case MARK_GONE -> Files.delete(mark());
      case MARK_OF_ANOTHER_JOURNAL ->
          Files.write(mark(), Files.readAllBytes(second.resolve("liqmap.journal")));
      case MARK_OF_WORDS -> Files.write(mark(), words);
      case MARK_OF_ANOTHER_FORMAT -> flip(mark(), 8, 3);
    }
  }

  private static byte[] copyOf(final byte[] content, final Document document) {
    return Arrays.copyOfRange(content, document.start(), document.start() + document.length());
  }

  /** Two documents of one length. */
  private static Document[] twins(final List<Document> documents) {
    for (final Document one : documents) {
      for (final Document other : documents) {
        if (one.start() < other.start() && one.length() == other.length()) {
          return new Document[] {one, other};
        }
      }
    }
    throw new AssertionError("no two documents of one length");
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void shouldFindItSayWhereAndChangeNothing(final Damage damage) throws Exception {
    inflict(damage);
    final SortedMap<String, Long> before = evidence();

    final Outcome outcome = read();
    final Long answered = answered();

    assertNotNull(outcome.flaw());
    assertNotNull(outcome.replayFlaw());
    assertTrue(outcome.flaw().startsWith(journal + damage.where), outcome.flaw());
    assertTrue(answered == null || answered == whole.hash(), "another map");
    assertEquals(before, evidence());
  }

  @Test
  void shouldReadPastAForeignFileAndLeaveIt() throws Exception {
    Files.writeString(
        journal.resolve("queue").resolve("letter.txt"), "dear", StandardCharsets.UTF_8);
    final SortedMap<String, Long> before = evidence();

    assertEquals(whole, read());
    assertEquals(before, evidence());
  }

  @Test
  void shouldReplayToTheStateOfTheLastGoodEvent() throws Exception {
    final List<Document> documents = documents(Files.readAllBytes(queueFile()));
    flip(queueFile(), documents.get(documents.size() - 4).start() + 70, 1);
    final Outcome damaged = read();
    assertTrue(damaged.events() > 500 && damaged.events() < whole.events(), damaged.toString());

    final EngineSettings settings = EngineSettingsFixture.of(ThreadingMode.INLINE, 64, 1);
    try (Engine engine = Engine.launch(settings, null, Outputs.NONE)) {
      engine.run(new RandomFeed(3, damaged.events(), 50, false), ReplayPace.max());
      assertEquals(engine.report().journaled().stateHash(), damaged.hash());
    }
    assertFalse(damaged.hash() == whole.hash());
  }
}
