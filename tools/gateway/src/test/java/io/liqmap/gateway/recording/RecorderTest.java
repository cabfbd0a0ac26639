package io.liqmap.gateway.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.gateway.connection.Await;
import io.liqmap.gateway.feed.FrameTape;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecorderTest {
  private static final long T = 1_790_000_000_000_000_000L;

  @TempDir Path folder;

  private final List<String> alarms = new CopyOnWriteArrayList<>();

  private static void frame(final FrameTape tape, final long time, final String text) {
    final byte[] bytes = ("…" + text).getBytes(StandardCharsets.UTF_8);
    final int skipped = "…".getBytes(StandardCharsets.UTF_8).length;
    tape.frame(time, bytes, skipped, bytes.length - skipped);
  }

  private static List<String> lines(final Path file) throws IOException {
    final List<String> lines = new ArrayList<>();
    try (FrameFile read = new FrameFile(file)) {
      while (read.next()) {
        lines.add(
            read.time()
                + " "
                + new String(read.bytes(), read.offset(), read.length(), StandardCharsets.UTF_8));
      }
    }
    return lines;
  }

  private List<Path> files() throws IOException {
    try (var all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }

  private List<String> record(final long from, final int count, final SplittableRandom random)
      throws IOException {
    final List<String> expected = new ArrayList<>();
    try (Recorder recorder = new Recorder(folder, alarms::add)) {
      final FrameTape tape = recorder.tape("plain", "session.conf A,B");
      tape.start(from);
      expected.add(from + " #start session.conf A,B");
      for (int i = 1; i < count; i++) {
        final String text = "{\"牛来\":" + "x".repeat(random.nextInt(2_000)) + "}";
        frame(tape, from + i, text);
        expected.add((from + i) + " " + text);
        if (random.nextInt(50) == 0) {
          recorder.flush(from + i + 10_000_000_000L);
        }
      }
    }
    return expected;
  }

  @Test
  void shouldReadBackWhatWasRecorded() throws IOException {
    final List<String> expected = record(T, 500, new SplittableRandom(1));
    assertEquals(1, files().size());
    assertEquals("plain-20260921T14.frames.gz", files().get(0).getFileName().toString());
    assertEquals(expected, lines(files().get(0)));
    assertTrue(alarms.isEmpty());
  }

  @Test
  void shouldBeginAFileEachHour() throws IOException {
    final long hour = 3_600_000_000_000L;
    final long next = (T / hour + 1) * hour;
    try (Recorder recorder = new Recorder(folder, alarms::add)) {
      final FrameTape tape = recorder.tape("plain", "s A");
      frame(tape, next - 1, "{before}");
      frame(tape, next, "{after}");
    }
    assertEquals(List.of((next - 1) + " {before}"), lines(files().get(0)));
    assertEquals(List.of(next + " {after}"), lines(files().get(1)));
  }

  @Test
  void shouldKeepAllButTheEndOfAFileThatIsCutAnywhereAndAppendBehindIt() throws IOException {
    final SplittableRandom random = new SplittableRandom(5);
    final List<String> whole = record(T, 300, random);
    final Path file = files().get(0);
    final byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < 40; i++) {
      Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
      final List<String> left = lines(file);
      assertEquals(whole.subList(0, left.size()), left);
      final List<String> more = record(T + 1_000, 3, random);
      final List<String> all = lines(file);
      assertEquals(more, all.subList(all.size() - 3, all.size()));
      final List<String> before = all.subList(0, all.size() - 3);
      assertEquals(whole.subList(0, before.size()), before);
      assertTrue(before.size() <= left.size() && left.size() - before.size() < 100);
    }
  }

  @Test
  void shouldEndTheRecordingWithAnAlarmWhenItsFileCannotBeWritten() throws IOException {
    try (Recorder recorder = new Recorder(folder, alarms::add)) {
      Files.createDirectory(folder.resolve("plain-20260921T14.frames.gz"));
      final FrameTape tape = recorder.tape("plain", "s A");
      for (int i = 0; i < 10; i++) {
        frame(tape, T + i, "x".repeat(Chunk.FULL));
      }
      Await.until("an alarm", () -> recorder.failure() != null);
      for (int i = 10; i < 1_000; i++) {
        frame(tape, T + i, "x".repeat(Chunk.FULL));
      }
      assertNotNull(recorder.failure());
    }
    assertEquals(1, alarms.size());
    assertTrue(alarms.get(0).startsWith("recording ended: " + folder), alarms::toString);
  }

  @Test
  void shouldRefuseAFileThatAnotherRecorderWrites() throws IOException {
    try (Recorder recorder = new Recorder(folder, alarms::add)) {
      frame(recorder.tape("plain", "s A"), T, "{first}");
      recorder.flush(T + 10_000_000_000L);
      Await.until("bytes", () -> recorder.bytes() > 0);
      try (Recorder second = new Recorder(folder, alarms::add)) {
        frame(second.tape("plain", "s A"), T, "{second}");
        second.flush(T + 10_000_000_000L);
        Await.until("an alarm", () -> second.failure() != null);
        assertTrue(second.failure().contains("another process records there"));
      }
      assertNull(recorder.failure());
    }
    assertEquals(List.of(T + " {first}"), lines(files().get(0)));
  }

  @Test
  void shouldReadTheTimesThatRecordingsHave() throws IOException {
    final Path file = folder.resolve("x.txt");
    Files.writeString(
        file,
        """
        1790000000123456789 {"a":1}
        1790000000123456 {"a":1}
        1790000000123 {"a":1}
        1790000000.5: {"a":1}
        1790000000: {"a":1}
        1790000000.5: <- {"op":"subscribe"}

        {"E":1790000000005,"T":1790000000004,"id":17900000000041}
        {"none":12}
        """);
    assertEquals(
        List.of(
            "1790000000123456789 {\"a\":1}",
            "1790000000123456000 {\"a\":1}",
            "1790000000123000000 {\"a\":1}",
            "1790000000500000000 {\"a\":1}",
            "1790000000000000000 {\"a\":1}",
            "1790000000004000000 {\"E\":1790000000005,\"T\":1790000000004,\"id\":17900000000041}",
            "-1 {\"none\":12}"),
        lines(file));
  }

  @Test
  void shouldReadPastDamageOnlyUpToIt() throws IOException {
    final List<String> whole = record(T, 300, new SplittableRandom(9));
    final Path file = files().get(0);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(bytes.length() / 2);
      bytes.write(new byte[64]);
    }
    final List<String> left = lines(file);
    assertTrue(left.size() < whole.size());
    assertEquals(whole.subList(0, left.size() - 1), left.subList(0, left.size() - 1));
  }
}
