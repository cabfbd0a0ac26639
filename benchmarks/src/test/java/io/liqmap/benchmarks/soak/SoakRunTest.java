package io.liqmap.benchmarks.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SoakRunTest {
  private static final long MIB = 1 << 20;

  @TempDir private Path folder;

  /** A run of seconds shows no growth, but must be whole. */
  @Test
  void shouldRollTenDaysAndReplayToTheSameState() throws Exception {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final SoakOptions options = new SoakOptions(.06, 5_000, folder, folder.resolve("out"));

    final List<String> failures =
        SoakRun.execute(options, new PrintStream(out, true, StandardCharsets.UTF_8));

    final String report = out.toString(StandardCharsets.UTF_8);
    assertTrue(failures.stream().allMatch((failure) -> isOfFootprint(failure)), report);
    assertTrue(report.contains("verified: ") && report.contains(" 18,000 events"), report);
    assertTrue(report.contains("replayed: state "), report);
    assertEquals(report, Files.readString(folder.resolve("out").resolve("soak.md")));
  }

  private static boolean isOfFootprint(final String failure) {
    return failure.contains(": grew from ") || failure.contains(" thread allocated ");
  }

  @Test
  void shouldNameWhatGrew() {
    final List<String> broken = Bounds.broken(minutes((i) -> footprint(10 * MIB, 30 + 2 * i), 0));

    assertEquals(1, broken.size(), broken::toString);
    assertTrue(broken.get(0).startsWith("open files: grew from 38 "), broken.get(0));
  }

  @Test
  void shouldNameTheThreadThatAllocated() {
    final List<String> broken = Bounds.broken(minutes((i) -> footprint(10 * MIB, 30), 1));

    assertEquals(1, broken.size(), broken::toString);
    assertTrue(broken.get(0).startsWith("the map thread allocated 1.0000 B"), broken.get(0));
  }

  @Test
  void shouldForgiveWhatGrewInTheFirstThird() {
    assertEquals(
        List.of(), Bounds.broken(minutes((i) -> footprint((i < 3 ? i : 90) * MIB, 30), 0)));
  }

  @Test
  void shouldRefuseWhatItCannotUnderstand() {
    assertThrows(IllegalArgumentException.class, () -> SoakOptions.parse("--minutes"));
    assertThrows(IllegalArgumentException.class, () -> SoakOptions.parse("--minutes", "x"));
    assertThrows(IllegalArgumentException.class, () -> SoakOptions.parse("--hours", "1"));
    assertThrows(IllegalArgumentException.class, () -> SoakOptions.parse());
  }

  private interface ByMinute {
    Footprint at(int minute);
  }

  private static List<Minute> minutes(final ByMinute footprint, final double mapBytes) {
    return IntStream.range(0, 9)
        .mapToObj(
            (i) ->
                new Minute(
                    60 * (i + 1),
                    1_000,
                    1_000,
                    .1,
                    footprint.at(i),
                    List.of(0.0, mapBytes, 0.0),
                    List.of(1L, 1L, 1L, 1L, 1L),
                    0,
                    1,
                    0,
                    0))
        .toList();
  }

  private static Footprint footprint(final long heap, final long files) {
    return new Footprint(heap, MIB, MIB, MIB, 9, files, 9);
  }
}
