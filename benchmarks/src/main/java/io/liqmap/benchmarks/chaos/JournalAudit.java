package io.liqmap.benchmarks.chaos;

import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.journal.JournalDamageException;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.journal.NoJournalException;
import io.liqmap.engine.replay.JournalCheck;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Looks whether a journal holds what was acknowledged. */
final class JournalAudit {
  private final ChaosReport report;

  JournalAudit(final ChaosReport report) {
    this.report = report;
  }

  /**
   * Verifies a journal to its end.
   *
   * @param what name in a failure
   * @param acknowledged events that it has to hold at the least
   * @return events that it holds
   */
  long verify(final Path journal, final String what, final long acknowledged) throws IOException {
    try (JournalReader reader = JournalReader.open(journal)) {
      final long marked = reader.acknowledgedEvents();
      final JournalCheck check = JournalCheck.of(reader);
      report.verified();
      if (check.damage() != null) {
        report.fail(what + ": " + check.damage());
      }
      if (check.events() < acknowledged || marked < acknowledged) {
        report.fail(
            String.format(
                Locale.ROOT,
                "%s: holds %,d events and says %,d, but %,d were acknowledged",
                what,
                check.events(),
                marked,
                acknowledged));
      }
      return check.events();
    } catch (final JournalDamageException e) {
      report.fail(what + ": " + e.getMessage());
    } catch (final NoJournalException e) {
      if (acknowledged > 0) {
        report.fail(what + ": is gone, with " + acknowledged + " events: " + e.getMessage());
      }
    }
    return 0;
  }

  /** Replays a journal from its start and compares the state that it ends with. */
  void replay(final Path journal, final String expected) throws IOException {
    try (JournalReader reader = JournalReader.open(journal)) {
      final Replay replay =
          new Replay(reader, ChaosSettings.MAP, ClusterSettings.DEFAULT, ChaosSettings.INSTRUMENTS);
      replay.fromStart(Until.END);
      if (!replay.matches()) {
        report.fail("the replay reaches other states than the journal recorded");
      }
      compare("the replay", expected, Long.toHexString(replay.map().stateHash()));
    }
  }

  void compare(final String what, final String expected, final String hash) {
    if (!expected.equals(hash)) {
      report.fail(what + " ends with state " + hash + ", a run without faults with " + expected);
    }
  }
}
