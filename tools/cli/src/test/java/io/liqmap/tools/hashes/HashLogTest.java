package io.liqmap.tools.hashes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.tools.hashes.HashLog.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HashLogTest {
  private static final Line FIRST = new Line(10, 12, 0xabcL);
  private static final Line SECOND = new Line(20, 22, -1L);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve(HashLog.FILE);
    try (HashLog log = HashLog.open(file, 10)) {
      log.add(FIRST);
      log.add(SECOND);
    }
  }

  @Test
  void shouldReadBackWhatItWrote() throws IOException {
    assertEquals(
        List.of("10 12 0000000000000abc", "20 22 ffffffffffffffff"), Files.readAllLines(file));
    assertEquals(List.of(FIRST, SECOND), List.copyOf(HashLog.read(file).values()));
  }

  @Test
  void shouldCompareRepeatedEventsAndWriteThemOnce() throws IOException {
    final String before = Files.readString(file);
    try (HashLog log = HashLog.open(file, 10)) {
      log.add(FIRST);
      log.add(SECOND);
      assertEquals(before, Files.readString(file));
      final IllegalStateException other =
          assertThrows(IllegalStateException.class, () -> log.add(new Line(20, 23, -1L)));
      assertTrue(other.getMessage().contains("20 22 ffff"), other.getMessage());
    }
  }

  @Test
  void shouldRemoveALineThatAKillCutOff() throws IOException {
    Files.writeString(file, "30 32 00", StandardOpenOption.APPEND);
    assertEquals(2, HashLog.read(file).size());
    try (HashLog log = HashLog.open(file, 10)) {
      log.add(new Line(30, 32, 7L));
    }
    assertEquals("30 32 0000000000000007", Files.readAllLines(file).get(2));
  }

  @Test
  void shouldRefuseAFileOfSomethingElse() throws IOException {
    Files.writeString(file, "time,price\n", StandardOpenOption.APPEND);
    final IOException refused = assertThrows(IOException.class, () -> HashLog.open(file, 10));
    assertTrue(refused.getMessage().contains(":3: no file of hashes"), refused.getMessage());
    Files.writeString(file, FIRST + "\n" + FIRST + "\n");
    assertThrows(IOException.class, () -> HashLog.read(file));
  }

  @Test
  void shouldRefuseToHashAtEveryZeroEvents() {
    assertThrows(IllegalArgumentException.class, () -> HashLog.open(file, 0));
  }
}
