package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.journal.JournalWriter;
import io.liqmap.engine.support.JournalCopies;
import io.liqmap.tools.command.Cli.Ran;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong: the exit code, and what the reader of the message can do. */
@Tag("slow")
final class ExitCodesTest {
  @TempDir private static Path shared;
  private static Path[] feeds;
  private static Path journal;

  @TempDir private Path folder;
  private Path fresh;

  @BeforeAll
  static void importAndRun() throws IOException {
    feeds = Bars.feeds(shared);
    journal = shared.resolve("journal");
    Cli.run("run", "--feed", feeds[0], feeds[1], "--journal", journal, "--mode", "inline").done();
  }

  @BeforeEach
  void nameAFreshFolder() {
    fresh = folder.resolve("fresh");
  }

  private static Ran importing(final Object... words) {
    return Cli.run(
        Stream.concat(
                Stream.of("import", "--format", "coinalyze", "--symbol", "BTCUSDT"),
                Arrays.stream(words))
            .toArray());
  }

  private Ran running(final Object... words) {
    return Cli.run(
        Stream.concat(Stream.of("run", "--journal", fresh), Arrays.stream(words)).toArray());
  }

  /** A whole journal to break. */
  private Path copyOfTheJournal() throws IOException {
    final Path copy = folder.resolve("copy");
    JournalCopies.folder(journal, copy);
    return copy;
  }

  @Test
  void shouldRefuseInputsThatAreNotThere() {
    final Path target = folder.resolve("x.feed");
    importing("--out", target, folder.resolve("no.csv"))
        .exits(3)
        .complains("liqmap: ", "no.csv: doesn't exist; check the path");
    importing("--out", target, folder).exits(3).complains("holds no file that is to be imported");
    importing("--out", target).exits(2).complains("Missing required parameter: 'INPUT'");
    assertFalse(Files.exists(target));
  }

  @Test
  void shouldNameTheLineOfABadRow() throws IOException {
    final Path bars = Bars.write(folder.resolve("bars")).resolve("BTCUSDT-ohlcv.csv");
    final List<String> rows = Files.readAllLines(bars);
    rows.set(6, rows.get(6).replace(",9000,4000", ",9000"));
    Files.write(bars, rows);
    final Path target = folder.resolve("x.feed");
    Files.writeString(target, "what was there before");
    importing("--out", target, bars.getParent()).exits(3).complains(bars + ": line 7: ");
    assertEquals("what was there before", Files.readString(target));
  }

  @Test
  void shouldRefuseTargetsThatAreFoldersOrInputs() {
    importing("--out", folder, shared.resolve("bars"))
        .exits(2)
        .complains("--out " + folder + " is a folder; name a file in it");
    final Path bars = shared.resolve("bars").resolve("BTCUSDT-ohlcv.csv");
    importing("--out", bars, bars).exits(3).complains("is an input and the target");
    Cli.run("map", "--journal", journal, "--out", folder)
        .exits(2)
        .complains("--out " + folder + " is a folder; name a file in it");
    importing("--out", bars.resolve("x.feed"), bars)
        .exits(1)
        .complains(bars + ": is there already, and in the way");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DOGEUSDT | +00:00 | coinalyze | --symbol DOGEUSDT isn't configured; known are BTCUSDT,"
            + " ETHUSDT, SOLUSDT",
        "btcusdt  | +00:00 | coinalyze | --symbol btcusdt isn't configured",
        "BTCUSDT  | six    | coinalyze | 'six' is no offset and no zone; give hours and minutes as"
            + " +06:00",
        "BTCUSDT  | +99:00 | coinalyze | '+99:00' is no offset and no zone",
        "BTCUSDT  | +00:00 | kraken    | expected one of [BINANCE, TARDIS, COINALYZE, BYBIT",
      })
  void shouldRefuseWrongOptionsOfAnImport(
      final String symbol, final String offset, final String format, final String message) {
    Cli.line(
            "import --format %s --symbol %s --utc-offset %s --out %s %s",
            format, symbol, offset, folder.resolve("x.feed"), shared.resolve("bars"))
        .exits(2)
        .complains(message, "Usage: liqmap import");
  }

  @Test
  void shouldRefuseFilesThatAreNoFeeds() throws IOException {
    final Path foreign = folder.resolve("foreign.feed");
    Files.writeString(foreign, "time,open,high,low,close\n".repeat(20));
    final Path empty = Files.createFile(folder.resolve("empty.feed"));
    for (final String command : List.of("run", "inspect")) {
      final boolean runs = command.equals("run");
      for (final Object[] wrong :
          new Object[][] {
            {foreign, "not a feed file (no block starts here); make one with 'liqmap import'"},
            {empty, "0 bytes are too few for a feed file; make one with 'liqmap import'"},
            {folder.resolve("none.feed"), "there is no such file"},
            {folder, "is a folder; name a feed file in it"},
          }) {
        final Ran ran = runs ? running("--feed", wrong[0]) : Cli.run("inspect", "--feed", wrong[0]);
        ran.exits(3).complains("liqmap: " + wrong[0] + ": " + wrong[1]);
      }
    }
    assertFalse(Files.exists(fresh), "an unreadable feed starts no journal");
  }

  @ParameterizedTest
  @ValueSource(strings = {"inline", "pipelined"})
  void shouldJournalWhatIsWholeOfATruncatedFeed(final String mode) throws IOException {
    final byte[] whole = Files.readAllBytes(feeds[0]);
    final Path cut = folder.resolve("cut.feed");
    Files.write(cut, Arrays.copyOf(whole, whole.length * 2 / 3));
    final Ran ran = running("--feed", cut, "--mode", mode, "--json");
    ran.exits(3).complains("liqmap: " + cut + ": byte ", "the file ends inside a block");
    final Map<String, Object> summary = ran.json();
    final long events = JsonText.whole(summary, "events");
    assertTrue(events > 500, "events " + events);
    ran.complains("the " + events + " events before are whole");

    final Map<String, Object> replay =
        Cli.run("replay", "--journal", fresh, "--json").done().json();
    assertEquals(summary.get("stateHash"), replay.get("stateHash"));
    assertEquals(summary.get("events"), replay.get("events"));
    assertEquals(summary.get("stateHash"), replay.get("recordedStateHash"));
    Cli.run("verify", "--journal", fresh).done();
    final Ran inspected = Cli.run("inspect", "--feed", cut, "--limit", 0).exits(3);
    assertEquals(events, inspected.lines().size());
    inspected.complains("the " + events + " events before are whole");
  }

  @Test
  void shouldNoticeAFlippedByteInAFeed() throws IOException {
    final Path bad = Files.copy(feeds[0], folder.resolve("bad.feed"));
    Cli.flip(bad, Files.size(bad) / 2);
    running("--feed", bad).exits(3).complains("liqmap: " + bad + ": byte ", "checksum");
    Cli.run("replay", "--journal", fresh).done();
  }

  @Test
  void shouldRefuseTheSameFeedTwice() {
    running("--feed", feeds[0], feeds[0].resolveSibling(".").resolve(feeds[0].getFileName()))
        .exits(2)
        .complains("is given twice; its events would count twice");
    assertFalse(Files.exists(fresh));
  }

  @Test
  void shouldListEveryProblemOfTheSettings() throws IOException {
    final Path config = folder.resolve("my.conf");
    Files.writeString(
        config, "map { resolution-bps = 5000 }\nmodle { turnover = 2 }\nsnapshot.interval = 7\n");
    running("--feed", feeds[0], "--config", config)
        .exits(3)
        .complains(
            "liqmap: 3 problems in the settings:",
            config + ":1: map.resolution-bps: got 5000",
            config + ":2: modle: unknown key",
            config + ":3: snapshot.interval: got 7");
    importing("--config", config, "--out", folder.resolve("x.feed"), shared.resolve("bars"))
        .exits(3)
        .complains("3 problems in the settings");
    Files.writeString(config, "map { resolution-bps = \n");
    running("--feed", feeds[0], "--config", config).exits(3).complains("reading failed");
    running("--feed", feeds[0], "--config", folder.resolve("none.conf"))
        .exits(3)
        .complains("none.conf: there is no such file");
    assertFalse(Files.exists(fresh));
  }

  @Test
  void shouldLeaveAloneWhatIsNoJournal() throws IOException {
    Files.createDirectories(fresh);
    final Path note = Files.writeString(fresh.resolve("note.txt"), "mine");
    running("--feed", feeds[0])
        .exits(3)
        .complains(fresh + ": holds something else than a journal (note.txt); choose an empty");
    Cli.run("demo", "--seconds", 1, "--journal", fresh).exits(3).complains("holds something else");
    assertEquals("mine", Files.readString(note));
    for (final String command : List.of("map", "replay", "verify", "inspect")) {
      Cli.run(command, "--journal", fresh)
          .exits(3)
          .complains("is no journal ('liqmap.journal' is missing); make one with 'liqmap run'");
      Cli.run(command, "--journal", folder.resolve("none")).exits(3).complains("is no journal");
      Cli.run(command, "--journal", note).exits(3).complains("is no journal");
    }
    Cli.run("run", "--feed", feeds[0], "--journal", note).exits(3).complains("is not a folder");
  }

  @Test
  void shouldKeepAJournalOfOtherSettings() throws IOException {
    final Path other = Files.writeString(folder.resolve("other.conf"), "map.resolution-bps = 7");
    final String before = Cli.run("replay", "--journal", journal, "--json").json().toString();
    Cli.run("run", "--feed", feeds[0], "--journal", journal, "--config", other)
        .exits(1)
        .complains("was made with other settings, which lead to another map ('map.resolution-bps");
    final String after = Cli.run("replay", "--journal", journal, "--json").json().toString();
    assertEquals(withoutTimes(before), withoutTimes(after));
  }

  private static String withoutTimes(final String summary) {
    return summary.replaceAll("(elapsedSeconds|eventsPerSecond)=[^,}]*", "");
  }

  @Test
  void shouldExitWithFourWhereADocumentIsDamaged() throws IOException {
    final Path copy = copyOfTheJournal();
    final List<Long> documents = Cli.documents(copy);
    final int damaged = documents.size() / 2;
    Cli.flip(Cli.queueFile(copy), documents.get(damaged) + 100);
    final String where = copy + ": document " + damaged + ", behind event ";
    Cli.run("verify", "--journal", copy)
        .exits(4)
        .says("DAMAGED", "documents     " + damaged + "\n")
        .complains("liqmap: " + where, "the checksum doesn't match", "What comes before is whole");
    final Ran json = Cli.run("verify", "--journal", copy, "--json").exits(4);
    assertFalse(JsonText.flag(json.json(), "whole"));
    assertTrue(JsonText.string(json.json(), "damage").startsWith(where));
    Cli.run("replay", "--journal", copy).exits(4).complains("liqmap: " + where);
    Cli.run("inspect", "--journal", copy, "--limit", "0")
        .exits(4)
        .says("1  2024-08-03T00:00:00Z")
        .complains("liqmap: " + where);
  }

  @Test
  void shouldAnswerFromWhatIsWholeBeforeTheDamage() throws IOException {
    final Path copy = copyOfTheJournal();
    final List<Long> documents = Cli.documents(copy);
    Cli.flip(Cli.queueFile(copy), documents.get(documents.size() / 2) + 100);
    final Ran before = Cli.run("map", "--journal", journal, "--at", 100).done();
    assertEquals(before.out(), Cli.run("map", "--journal", copy, "--at", 100).done().out());
    Cli.run("replay", "--journal", copy, "--to", 100).done();

    // A snapshot behind the damage holds what came before it.
    final Ran behind = Cli.run("map", "--journal", journal).done();
    assertEquals(behind.out(), Cli.run("map", "--journal", copy).done().out());
    Cli.flip(Cli.queueFile(copy), documents.get(documents.size() - 2) + 100);
    Cli.run("map", "--journal", copy)
        .exits(4)
        .complains(": document " + (documents.size() - 2) + ", behind event ");
    Cli.run("replay", "--journal", copy, "--from", "snapshot").exits(4);
  }

  @Test
  void shouldExitWithFourWhereTheSettingsOrTheMarkAreDamaged() throws IOException {
    final Path copy = copyOfTheJournal();
    Cli.flip(Cli.queueFile(copy), Cli.documents(copy).get(0) + 200);
    for (final String command : List.of("map", "replay", "verify", "inspect")) {
      Cli.run(command, "--journal", copy).exits(4).complains(copy + ": document 0");
    }
    assertFalse(
        JsonText.flag(Cli.run("verify", "--journal", copy, "--json").exits(4).json(), "whole"));
    Files.delete(copy.resolve("liqmap.journal"));
    for (final String command : List.of("map", "replay", "verify", "inspect")) {
      Cli.run(command, "--journal", copy).exits(4).complains("has lost its mark");
    }
  }

  @Test
  void shouldExitWithFourWhereAJournalWasCutOff() throws IOException {
    final Path copy = copyOfTheJournal();
    final List<Long> documents = Cli.documents(copy);
    final int left = documents.size() / 2;
    try (RandomAccessFile file = new RandomAccessFile(Cli.queueFile(copy).toFile(), "rw")) {
      // The document's length precedes it.
      final long from = documents.get(left) - 4;
      final long behind = documents.get(documents.size() - 1) + 4_096;
      file.seek(from);
      file.write(new byte[(int) (behind - from)]);
    }
    for (final String command : List.of("map", "replay", "verify")) {
      Cli.run(command, "--journal", copy)
          .exits(4)
          .complains(
              "liqmap: " + copy + ": document " + left,
              "the journal ends after " + left + " documents, " + documents.size() + " were");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "map --window 2d             | --window 2d: give 12h, 1d, 3d, 7d, 30d or all",
        "map --at nonsense           | 'nonsense' is neither a time nor a sequence; give a time as"
            + " 2024-08-05T12:00:00Z",
        "map --at 2024-13-45         | is neither a time nor a sequence",
        "map --at 2024-08-05T12:00:00 | is neither a time nor a sequence",
        "map --at -5                 | is neither a time nor a sequence",
        "map --at 99999999999999999s | is neither a time nor a sequence",
        "map --at 2019-01-01         | is before the first event: there are events from",
        "map --at 0                  | --at 0 is before the first event: there are events from",
        "map --symbol SOLUSDT        | --symbol SOLUSDT: at that time the journal has BTCUSDT,"
            + " ETHUSDT",
        "map --format json           | name one instrument with --symbol: BTCUSDT, ETHUSDT",
        "map --format csv            | name one instrument with --symbol: BTCUSDT, ETHUSDT",
        "map --format xml            | expected one of [TABLE, JSON, CSV, PNG, NPY, PARQUET]",
        "map --bogus                 | Unknown option: '--bogus'",
        "map more                    | Unmatched argument",
        "replay --from middle        | expected one of [START, SNAPSHOT]",
        "replay --to nonsense        | is neither a time nor a sequence",
        "inspect --limit -1          | --limit has to be 0 or more, was -1",
        "inspect --limit x           | 'x' is not a long",
        "inspect --feed x            | mutually exclusive",
        "verify --format json        | Unknown option",
      })
  void shouldRefuseWrongOptionsOfCommandsOnAJournal(final String words, final String message) {
    final Object[] all =
        Stream.concat(
                Arrays.stream(words.split(" ", -1)), Stream.of("--journal", journal.toString()))
            .toArray();
    final Ran ran = Cli.run(all).exits(2);
    ran.complains(message, "Usage: liqmap " + all[0]);
    assertEquals("", ran.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--speed 0      | --speed has to be 'max' or a number above 0, was '0'",
        "--speed -1     | was '-1'",
        "--speed NaN    | was 'NaN'",
        "--speed fast   | was 'fast'",
        "--mode both    | expected one of [INLINE, PIPELINED]",
        "--window all   | Unknown option: '--window'",
      })
  void shouldRefuseWrongOptionsOfARun(final String words, final String message) {
    final String[] two = words.split(" ", -1);
    running("--feed", feeds[0], two[0], two[1]).exits(2).complains(message, "Usage: liqmap run");
    assertFalse(Files.exists(fresh));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run                 | Missing required options: '--journal=DIR', '--feed=FILE'",
        "map                 | Missing required option: '--journal=DIR'",
        "replay              | Missing required option: '--journal=DIR'",
        "verify              | Missing required option: '--journal=DIR'",
        "inspect             | specify one of these",
        "import              | Missing required options",
        "demo --seconds 0    | --seconds has to be 1 to 600, was 0",
        "demo --seconds 601  | --seconds has to be 1 to 600, was 601",
        "demo --seconds ten  | 'ten' is not an int",
        "demo --seed x       | 'x' is not a long",
        "maps                | Unmatched argument",
        "--bogus             | Unknown option",
      })
  void shouldRefuseWrongUsage(final String words, final String message) {
    final Ran ran = Cli.run((Object[]) words.split(" ", -1)).exits(2);
    assertEquals("", ran.out());
    assertTrue(ran.err().contains(message), ran.err());
  }

  @Test
  void shouldAskForACommand() {
    Cli.run().exits(2).complains("Name a command", "Usage: liqmap", "demo", "import", "inspect");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "demo",
        "import",
        "run",
        "map",
        "replay",
        "verify",
        "inspect",
        "margin",
        "laboratory"
      })
  void shouldHelpWithEveryCommand(final String command) {
    final Object[] words =
        command.isEmpty() ? new Object[] {"--help"} : new Object[] {command, "--help"};
    final Ran help =
        Cli.run(words)
            .done()
            .says(
                ("Usage: liqmap " + command).strip(),
                "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 bad input data, 4 damaged");
    for (final String line : help.lines()) {
      assertTrue(line.length() <= 80, line);
      assertFalse(line.startsWith("and so") || line.startsWith("zip"), line);
    }
  }

  @Test
  void shouldGiveItsVersionAndACompletionScript() {
    Cli.run("--version").done().says("liqmap 0.");
    Cli.run("generate-completion").done().says("complete", "liqmap", "--journal");
  }

  @Test
  void shouldSayThatAJournalIsAnotherVersions() throws Exception {
    final Path journal = folder.resolve("old");
    JournalWriter.create(journal, new JournalSettings(4096, 1 << 24), "model = oi-delta").close();
    for (final String command : new String[] {"map", "replay"}) {
      Cli.run(command, "--journal", journal)
          .exits(ExitCodes.BAD_INPUT)
          .complains(journal.toString(), "another version", "run its feed again", "model");
    }
  }
}
