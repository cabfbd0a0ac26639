package io.liqmap.tools.importer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A file of a recording and the stretches of it that can be trusted, found once: a recording is
 * unrepeatable, so what a killed recorder or a bad disk kept is read, and the rest reported.
 *
 * <p>A gzip member whose checksum fails is skipped whole, because a flipped bit may have changed a
 * price; a last member that merely ends too early is read as far as it goes.
 */
final class RecordedFile {
  private static final int NAMED = 4;

  private final Path path;
  private final long maxExpanded;
  private List<Stretch> stretches;
  private final List<String> notes = new ArrayList<>();

  RecordedFile(final Path file, final long maxExpandedBytes) {
    path = file;
    maxExpanded = maxExpandedBytes;
  }

  /**
   * Bytes of the file that are read one after the other.
   *
   * @param from first byte
   * @param to after the last byte
   * @param isCut the file ends before they are complete
   * @param isAfterDamage what lies between it and the stretch before was skipped
   */
  record Stretch(long from, long to, boolean isCut, boolean isAfterDamage) {}

  Path path() {
    return path;
  }

  boolean isGzip() {
    return path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".gz");
  }

  /**
   * Stretches to read, in the order of the file.
   *
   * @throws ImportException if most of the file is damaged, or it expands beyond the limit
   */
  List<Stretch> stretches() throws IOException {
    if (stretches == null) {
      stretches = survey();
    }
    return stretches;
  }

  /** Skipped stretches and reasons. */
  List<String> notes() {
    return notes;
  }

  private List<Stretch> survey() throws IOException {
    if (!Files.isRegularFile(path)) {
      throw ImportException.in(
          path, Files.exists(path) ? "is no file" : "doesn't exist", "check the path");
    }
    final long size = Files.size(path);
    if (size == 0) {
      notes.add("the file is empty");
      return List.of();
    }
    if (!isGzip()) {
      return List.of(new Stretch(0, size, false, false));
    }
    try (GzipSurvey survey = new GzipSurvey(path, DataFile.limit(size, maxExpanded))) {
      survey.run();
      note(survey, size);
      return survey.members();
    }
  }

  private void note(final GzipSurvey survey, final long size) throws IOException {
    if (survey.zeros() > 0) {
      notes.add(
          "the last "
              + survey.zeros()
              + " bytes are zeros, as after a crash: the file was read as ending before them");
    }
    final List<GzipSurvey.Damage> damages = survey.damages();
    if (survey.members().isEmpty() && damages.size() == 1 && !survey.isGzip()) {
      throw ImportException.in(
          path,
          "isn't gzip, though its name says so",
          "rename it if it is text, or import another copy");
    }
    final long lost = damages.stream().mapToLong((d) -> d.to() - d.from()).sum();
    if (lost * 2 > size - survey.zeros()) {
      throw ImportException.in(
          path,
          text(damages.get(0))
              + ": "
              + lost
              + " of "
              + size
              + " bytes are in damaged gzip members, and nothing in these can be trusted",
          "import another copy; to import what can be unpacked nevertheless, write it to a text"
              + " file (gzip -dc) and import that: lines close to the damage may then hold wrong"
              + " figures");
    }
    damages.stream().limit(NAMED).forEach((d) -> notes.add(text(d) + ": these bytes were skipped"));
    if (damages.size() > NAMED) {
      notes.add((damages.size() - NAMED) + " more damaged stretches were skipped");
    }
  }

  private static String text(final GzipSurvey.Damage damage) {
    return "damaged from byte " + damage.from() + " to " + damage.to() + " (" + damage.why() + ")";
  }
}
