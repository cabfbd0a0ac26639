package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.Envelope;
import io.liqmap.tools.command.Cli.Ran;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each class of damage to a journal, as its owner meets it: reported with its place, never answered
 * wrongly, never touched.
 */
@Tag("slow")
final class DamagedJournalTest {
  /** A moment ahead of all damage that isn't at the start. */
  private static final long EARLY = 1_000;

  /** A moment between the last two snapshots. */
  private static final long LATE = 5_000;

  private static final String REFUSED = "exit ";

  /** Block format of this version, behind the magic and the kind of a header. */
  private static final int FORMAT = 5;

  private static final int KIND = 4;

  /** Of the whole journal's state, by last event. */
  private static final Map<Long, Object> HASHES = new TreeMap<>();

  @TempDir private static Path shared;
  private static Path whole;
  private static Path other;
  private static List<Document> documents;
  private static Map<String, String> answers;
  private static List<String> lines;

  @TempDir private Path folder;
  private Path journal;

  /** A document of the whole journal; its header starts there, and its length includes that. */
  private record Document(int number, int start, int length, int kind, long eventsBefore) {
    int page() {
      return (start + 4_095) / 4_096 * 4_096;
    }

    String place() {
      return "document " + number + ", behind event " + eventsBefore + ": ";
    }
  }

  @BeforeAll
  static void writeJournals() throws IOException {
    final Path[] feeds = Bars.feeds(shared);
    final Path config =
        Files.writeString(shared.resolve("small.conf"), "journal.block-size = 16KiB");
    whole = run("whole", config, feeds);
    other = run("other", config, feeds[1]);
    documents = documents();
    answers = answers(whole);
    lines = Cli.run("inspect", "--journal", whole, "--limit", 0).done().lines();
    assertEquals(0, answers.values().stream().filter((a) -> a.startsWith(REFUSED)).count());
  }

  private static Path run(final String name, final Path config, final Path... feeds) {
    final Path to = shared.resolve(name);
    final List<Object> words =
        new ArrayList<>(
            List.of("run", "--journal", to, "--config", config, "--mode", "inline", "--feed"));
    words.addAll(List.of(feeds));
    Cli.run(words.toArray()).done();
    return to;
  }

  private static List<Document> documents() throws IOException {
    final byte[] content = Files.readAllBytes(Cli.queueFile(whole));
    final UnsafeBuffer buffer = new UnsafeBuffer(content);
    final Envelope envelope = new Envelope();
    final List<Document> found = new ArrayList<>();
    long events = 0;
    for (final long start : Cli.documents(whole)) {
      envelope.read(buffer, (int) start, Envelope.LENGTH);
      final int length = Envelope.LENGTH + envelope.payloadLength();
      found.add(new Document(found.size(), (int) start, length, envelope.kind(), events));
      events += envelope.count();
    }
    return found;
  }

  /** The answers to questions that don't read the whole; an exit code where one is refused. */
  private static Map<String, String> answers(final Path of) {
    final Map<String, String> answers = new TreeMap<>();
    for (final Object at : new Object[] {EARLY, LATE, "2024-08-05T11:59:59.999999999Z"}) {
      for (final String symbol : new String[] {"BTCUSDT", "ETHUSDT"}) {
        final Object[] rest = {"--journal", of, "--symbol", symbol, "--at", at};
        answers.put("map " + symbol + " " + at, answer(join(rest, "map", "--format", "json")));
      }
      answers.put(
          "ask " + at,
          answer(
              "ask",
              "--journal",
              of,
              "--symbol",
              "BTCUSDT",
              "--at",
              at,
              "nearest",
              "--side",
              "long"));
    }
    answers.put("replay", answer("replay", "--from", "snapshot", "--json", "--journal", of));
    return answers;
  }

  private static Object[] join(final Object[] last, final Object... first) {
    return Stream.concat(Arrays.stream(first), Arrays.stream(last)).toArray();
  }

  private static String answer(final Object... words) {
    final Ran ran = Cli.run(words);
    if (ran.code() != 0) {
      assertFalse(ran.err().isBlank(), "refused without a word");
      return REFUSED + ran.code() + ran.err();
    }
    return words[0].equals("replay") ? ran.json().get("stateHash").toString() : ran.out();
  }

  @BeforeEach
  void copyTheJournal() throws IOException {
    journal = folder.resolve("journal");
    try (Stream<Path> files = Files.walk(whole)) {
      for (final Path file : files.toList()) {
        Files.copy(file, journal.resolve(whole.relativize(file)));
      }
    }
  }

  /** What may befall a journal so that it is damaged. */
  enum Damage {
    BIT_OF_AN_EVENT,
    BIT_OF_A_SNAPSHOT,
    BIT_OF_A_PIECE,
    BIT_OF_THE_LAST_SNAPSHOT,
    BIT_OF_THE_SETTINGS,
    BIT_OF_THE_REPORT,
    BIT_OF_A_LENGTH,
    PAGE_OF_ZEROS,
    DOCUMENTS_SWAPPED,
    DOCUMENT_DOUBLED,
    DOCUMENT_LOST,
    ENVELOPE_OF_ANOTHER_FORMAT,
    CUT_AT_A_DOCUMENT,
    CUT_WITHIN_A_DOCUMENT,
    ZEROS_FROM_A_DOCUMENT_ON,
    QUEUE_GONE,
    MARK_OF_WORDS,
    MARK_GONE
  }

  /** Where damage is reported, and how; no document where nothing can be read. */
  private record Finding(Document at, String flaw) {
    String text() {
      return at == null ? flaw : at.place() + flaw;
    }
  }

  private static Document nth(final int kind, final int n) {
    return documents.stream().filter((one) -> one.kind() == kind).skip(n).findFirst().orElseThrow();
  }

  private static Document last(final int kind) {
    return documents.stream()
        .filter((one) -> one.kind() == kind)
        .reduce((one, next) -> next)
        .orElseThrow();
  }

  private Finding inflict(final Damage damage) throws IOException {
    final Document events = nth(Envelope.EVENTS, 9);
    final Document next = documents.get(events.number() + 1);
    final Path mark = journal.resolve("liqmap.journal");
    return switch (damage) {
      case BIT_OF_AN_EVENT -> flip(events, 100);
      case BIT_OF_A_SNAPSHOT -> flip(nth(Envelope.SNAPSHOT, 2), 200);
      case BIT_OF_A_PIECE -> flip(last(Envelope.PIECE), 4_000);
      case BIT_OF_THE_LAST_SNAPSHOT -> flip(last(Envelope.SNAPSHOT), 200);
      case BIT_OF_THE_SETTINGS -> flip(documents.get(0), 500);
      case BIT_OF_THE_REPORT -> flip(last(Envelope.END), 90);
      case BIT_OF_A_LENGTH -> {
        flip(events, -4);
        // The next header is looked for where there is none.
        yield new Finding(next, "the journal ends after " + next.number() + " documents, ");
      }
      case PAGE_OF_ZEROS -> {
        patch(events.page(), new byte[4_096]);
        yield new Finding(events, "the checksum doesn't match");
      }
      case DOCUMENTS_SWAPPED -> {
        final Document[] twins = twins();
        final byte[] first = copyOf(twins[0]);
        patch(twins[0].start(), copyOf(twins[1]));
        patch(twins[1].start(), first);
        yield new Finding(twins[0], "the document bears the number " + twins[1].number());
      }
      case DOCUMENT_DOUBLED -> {
        final Document[] twins = twins();
        patch(twins[1].start(), copyOf(twins[0]));
        yield new Finding(twins[1], "the document bears the number " + twins[0].number());
      }
      case DOCUMENT_LOST -> {
        final byte[] content = Files.readAllBytes(Cli.queueFile(journal));
        patch(events.start() - 4, Arrays.copyOfRange(content, next.start() - 4, content.length));
        yield new Finding(
            events, "the document bears the number " + next.number() + ": one was lost");
      }
      case ENVELOPE_OF_ANOTHER_FORMAT -> {
        patch(events.start() + FORMAT, new byte[] {7});
        yield new Finding(events, "block format 7 is not known, only 1 is");
      }
      case CUT_AT_A_DOCUMENT -> {
        final byte[] content = Files.readAllBytes(Cli.queueFile(journal));
        Files.write(Cli.queueFile(journal), Arrays.copyOf(content, events.start() - 4));
        yield new Finding(events, "the journal ends after " + events.number() + " documents, ");
      }
      case CUT_WITHIN_A_DOCUMENT -> {
        final byte[] content = Files.readAllBytes(Cli.queueFile(journal));
        Files.write(Cli.queueFile(journal), Arrays.copyOf(content, events.start() + 99));
        yield new Finding(
            events,
            "%s ends at byte %s, within a document"
                .formatted(Cli.queueFile(journal), events.start() + 99));
      }
      case ZEROS_FROM_A_DOCUMENT_ON -> {
        final long length = Files.size(Cli.queueFile(journal));
        patch(events.start() - 4, new byte[(int) length - events.start() + 4]);
        yield new Finding(events, "the journal ends after " + events.number() + " documents, ");
      }
      case QUEUE_GONE -> {
        Files.delete(Cli.queueFile(journal));
        yield new Finding(null, "document 0, behind event 0: the journal ends after 0 documents");
      }
      case MARK_OF_WORDS -> {
        Files.writeString(mark, "dear reader\n".repeat(100), StandardCharsets.UTF_8);
        yield new Finding(null, "liqmap.journal: is not the mark of a journal");
      }
      case MARK_GONE -> {
        Files.delete(mark);
        yield new Finding(null, "has lost its mark, 'liqmap.journal'");
      }
    };
  }

  private Finding flip(final Document document, final int at) throws IOException {
    Cli.flip(Cli.queueFile(journal), document.start() + at);
    return new Finding(document.number() == 0 ? null : document, "the checksum doesn't match");
  }

  private void patch(final int at, final byte[] bytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(Cli.queueFile(journal).toFile(), "rw")) {
      file.seek(at);
      file.write(bytes);
    }
  }

  private static byte[] copyOf(final Document document) throws IOException {
    final byte[] content = Files.readAllBytes(Cli.queueFile(whole));
    return Arrays.copyOfRange(content, document.start(), document.start() + document.length());
  }

  /** Two documents of one length. */
  private static Document[] twins() {
    for (final Document one : documents) {
      for (final Document next : documents) {
        if (one.kind() == Envelope.EVENTS
            && next.kind() == Envelope.EVENTS
            && one.start() < next.start()
            && one.length() == next.length()) {
          return new Document[] {one, next};
        }
      }
    }
    throw new AssertionError("no two documents of one length");
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

  @ParameterizedTest
  @EnumSource(Damage.class)
  void shouldSayWhereAnswerRightlyOrNotAndChangeNothing(final Damage damage) throws IOException {
    final Finding finding = inflict(damage);
    final SortedMap<String, Long> before = evidence();

    Cli.run("verify", "--journal", journal)
        .exits(4)
        .complains("liqmap: " + journal, finding.text());
    final Map<String, Object> verified =
        Cli.run("verify", "--journal", journal, "--json").exits(4).json();
    assertFalse(JsonText.flag(verified, "whole"));
    assertTrue(JsonText.string(verified, "damage").contains(finding.text()));
    requireStateOfTheLastGoodEvent(finding);
    final Ran inspected = Cli.run("inspect", "--journal", journal, "--limit", 0).exits(4);
    inspected.complains("liqmap: " + journal, finding.text());
    assertEquals(lines.subList(0, inspected.lines().size()), inspected.lines());
    answers(journal).forEach((question, answer) -> requireRight(question, answer, finding));
    assertEquals(before, evidence());
  }

  private void requireStateOfTheLastGoodEvent(final Finding finding) {
    final Ran replayed = Cli.run("replay", "--journal", journal).exits(4);
    replayed.complains("liqmap: " + journal, finding.text());
    if (finding.at() == null) {
      assertEquals("", replayed.out());
      return;
    }
    final long good = finding.at().eventsBefore();
    replayed.says(
        String.format(Locale.ROOT, "stopped       DAMAGED after event %,d, the last good", good));
    final Map<String, Object> state =
        Cli.run("replay", "--journal", journal, "--json").exits(4).json();
    assertEquals(good, JsonText.whole(state, "events"));
    assertTrue(JsonText.string(state, "damage").contains(finding.text()));
    assertEquals(
        HASHES.computeIfAbsent(good, DamagedJournalTest::hashOfTheWhole), state.get("stateHash"));
  }

  private static Object hashOfTheWhole(final long to) {
    return Cli.run("replay", "--journal", whole, "--to", to, "--json").json().get("stateHash");
  }

  private static void requireRight(
      final String question, final String answer, final Finding finding) {
    if (answer.startsWith(REFUSED)) {
      assertTrue(answer.startsWith(REFUSED + "4"), answer);
      assertTrue(answer.contains(finding.text()), answer);
      assertFalse(
          finding.at() != null && question.endsWith(" " + EARLY),
          question + " is of what is whole");
    } else {
      assertEquals(answers.get(question), answer, question);
    }
  }

  /** Chronicle Queue finds its files by name, and would begin with the earliest. */
  @ParameterizedTest
  @CsvSource({
    "20200101F.cq4, journal",
    "20200101F.cq4, words",
    "20200101F.cq4, nothing",
    "20991231F.cq4, journal",
    "20991231F.cq4, words",
    "copy.cq4, journal",
    "copy.cq4, nothing"
  })
  void shouldFindAForeignQueueFileAnswerAllTheSameAndNotResume(final String name, final String what)
      throws IOException {
    final Path foreign = journal.resolve("queue").resolve(name);
    switch (what) {
      case "journal" -> Files.copy(Cli.queueFile(other), foreign);
      case "words" -> Files.writeString(foreign, "dear reader\n".repeat(100));
      default -> Files.createFile(foreign);
    }
    final SortedMap<String, Long> before = evidence();

    Cli.run("verify", "--journal", journal)
        .exits(4)
        .complains("liqmap: " + foreign + ": ", "Move it out of the folder");
    Cli.run("replay", "--journal", journal).done();
    assertEquals(answers, answers(journal));
    resume().exits(4).complains("liqmap: " + foreign + ": ");
    assertEquals(before, evidence());

    Files.delete(foreign);
    resume().done();
    Cli.run("verify", "--journal", journal).done();
  }

  private Ran resume() {
    return Cli.line(
        "run --journal %s --config %s --mode inline --feed %s %s",
        journal,
        shared.resolve("small.conf"),
        shared.resolve("btc.feed"),
        shared.resolve("eth.feed"));
  }

  @Test
  void shouldLeaveOtherForeignFilesAlone() throws IOException {
    final Path letter = Files.writeString(journal.resolve("queue/letter.txt"), "dear");
    Files.writeString(journal.resolve("letter.txt"), "dear");

    Cli.run("verify", "--journal", journal).done();
    assertEquals(answers, answers(journal));
    resume().done();
    assertEquals("dear", Files.readString(letter));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldNotAnswerWhereQueueAndMarkAreOfTwoJournals(final boolean isQueue) throws IOException {
    final String flaw = "the mark and the queue are of two journals";
    if (isQueue) {
      Files.write(Cli.queueFile(journal), Files.readAllBytes(Cli.queueFile(other)));
    } else {
      Files.write(
          journal.resolve("liqmap.journal"), Files.readAllBytes(other.resolve("liqmap.journal")));
    }
    final SortedMap<String, Long> before = evidence();

    Cli.run("verify", "--journal", journal).exits(4).complains("liqmap: " + journal, flaw);
    Cli.run("replay", "--journal", journal).exits(4).complains("liqmap: " + journal, flaw);
    Cli.run("inspect", "--journal", journal, "--limit", 0).exits(4).complains(flaw);
    answers(journal)
        .forEach((question, answer) -> assertTrue(answer.startsWith(REFUSED + 4), answer));
    assertEquals(before, evidence());
  }

  @ParameterizedTest
  @ValueSource(strings = {"verify", "replay", "map", "inspect"})
  void shouldRefuseAJournalOfAnotherFormat(final String command) throws IOException {
    Cli.flip(journal.resolve("liqmap.journal"), 8);

    Cli.run(command, "--journal", journal)
        .exits(3)
        .complains("liqmap.journal: is of journal format 2, this version knows 3");
  }

  /** Chronicle Queue's own table, which holds no document, and is made again. */
  @ParameterizedTest
  @ValueSource(strings = {"gone", "empty", "flipped", "words"})
  void shouldDoWithoutMetadata(final String how) throws IOException {
    final Path metadata = journal.resolve("queue/metadata.cq4t");
    switch (how) {
      case "gone" -> Files.delete(metadata);
      case "empty" -> Files.write(metadata, new byte[0]);
      case "flipped" -> Cli.flip(metadata, 20);
      default -> Files.writeString(metadata, "dear reader\n".repeat(100));
    }

    Cli.run("verify", "--journal", journal).done();
    assertEquals(answers, answers(journal));
    resume().done();
    Cli.run("verify", "--journal", journal).done();
  }

  @Test
  void shouldAnswerPastABadSnapshotFromTheOneBefore() throws IOException {
    final Document last = last(Envelope.SNAPSHOT);
    flip(last, 200);

    final Ran map = Cli.run("map", "--journal", journal, "--symbol", "BTCUSDT").exits(0);
    assertEquals(Cli.run("map", "--journal", whole, "--symbol", "BTCUSDT").done().out(), map.out());
    map.complains("skipped 1 of the last snapshots as unreadable; the one before was used");
    final Ran replayed = Cli.run("replay", "--journal", journal, "--from", "snapshot").exits(0);
    replayed.says("started       after event 4,681", "and the final state: the same");
    replayed.complains("skipped 1 of the last snapshots as unreadable");

    // An event that only looks like a snapshot is none.
    flip(last, 200);
    patch(last(Envelope.EVENTS).start() + KIND, new byte[] {Envelope.SNAPSHOT});
    Cli.run("map", "--journal", journal, "--symbol", "BTCUSDT").exits(4);
  }
}
