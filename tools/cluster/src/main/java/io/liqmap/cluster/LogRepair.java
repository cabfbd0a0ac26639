package io.liqmap.cluster;

import io.aeron.archive.ArchiveTool;
import java.io.File;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;

/**
 * Cuts off a last message of a log of which a full disk or a loss of power left the beginning: the
 * archive doesn't start with it, and as it was never whole, it was never counted as there.
 */
final class LogRepair {
  private LogRepair() {}

  /** Repairs a folder that no archive has open; false if it has other damage too. */
  static boolean repair(final File archive) {
    try (PrintStream unread =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      return ArchiveTool.verify(
          unread, archive, EnumSet.noneOf(ArchiveTool.VerifyOption.class), null, (file) -> true);
    }
  }
}
