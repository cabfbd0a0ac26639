package io.liqmap.tools.command;

import io.liqmap.engine.feed.FeedFileException;
import io.liqmap.engine.journal.JournalDamageException;
import io.liqmap.engine.journal.NoJournalException;
import io.liqmap.engine.settings.ConfigException;
import io.liqmap.tools.answer.Advice;
import io.liqmap.tools.answer.Format;
import io.liqmap.tools.importer.ImportException;
import io.liqmap.tools.score.ScoreException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Exit codes of the commands, and messages of errors. */
public final class ExitCodes {
  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;
  public static final int BAD_INPUT = 3;
  public static final int DAMAGED_JOURNAL = 4;

  private ExitCodes() {}

  public static int of(final Throwable error) {
    if (error instanceof JournalDamageException) {
      return DAMAGED_JOURNAL;
    }
    if (error instanceof FeedFileException
        || error instanceof ImportException
        || error instanceof ConfigException
        || error.getCause() instanceof ConfigException
        || error instanceof NoJournalException
        || error instanceof ScoreException
        || error instanceof NoSuchFileException) {
      return BAD_INPUT;
    }
    return FAILED;
  }

  /** Message of an error: what, where, what to do. */
  public static String message(final Throwable error) {
    return Format.printable(Advice.withCommands(text(error)));
  }

  private static String text(final Throwable error) {
    if (error instanceof NoSuchFileException missing && missing.getReason() == null) {
      return error.getMessage() + ": there is no such file";
    }
    if (error instanceof AccessDeniedException) {
      return error.getMessage() + ": access denied";
    }
    if (error instanceof FileAlreadyExistsException) {
      return error.getMessage() + ": is there already, and in the way";
    }
    if (error instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getFile() + ": " + failure.getReason();
    }
    if (error instanceof FileSystemException || error.getMessage() == null) {
      return error.toString();
    }
    return error.getMessage();
  }
}
