package io.liqmap.backfill;

import io.liqmap.backfill.DayResult.Outcome;
import io.liqmap.engine.feed.FeedFileException;
import io.liqmap.engine.market.MapState;
import io.liqmap.engine.pipeline.JvmFlags;
import io.liqmap.engine.settings.EngineConfig;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.parquet.ParquetFormat;
import io.liqmap.tools.answer.Format;
import io.liqmap.tools.answer.OutFile;
import io.liqmap.tools.export.ColumnTable;
import io.liqmap.tools.export.PriceRange;
import io.liqmap.tools.export.TableWriter;
import io.liqmap.tools.score.WindowTable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/**
 * Computes days, and writes their files: on one machine or on many, it doesn't know. The market of
 * the instrument that it had last stays in memory, and is taken from the state otherwise. One
 * thread.
 */
final class DayWorker implements AutoCloseable {
  private final BackfillOptions options;
  private final EngineSettings settings;
  private final ParquetFormat parquet = new ParquetFormat();
  private DayMarket market;
  private String marketOf = "";
  private long marketDay;
  private long marketHash;

  /**
   * What a day gave.
   *
   * @param result for the report
   * @param state for the next day
   */
  record Done(DayResult result, KeyState state) {}

  DayWorker(final BackfillOptions options) {
    JvmFlags.require();
    this.options = options;
    settings = EngineConfig.parse(options.settings());
  }

  /**
   * Computes a day, or finds it computed.
   *
   * @param before of the instrument
   * @throws IOException if writing fails: the day can be tried again
   */
  Done process(final FileDay day, final KeyState before) throws IOException {
    if (day.day() == FileDay.NONE) {
      return new Done(DayResult.without(day, Outcome.FLAWED, day.flaw()), before);
    }
    final DayFolder folder = new DayFolder(options.folder(), day.name(), day.day());
    if (isAfterFlaw(day, before)) {
      return new Done(
          DayResult.without(
              day,
              Outcome.NOT_COMPUTED,
              "after " + FileDay.text(before.flawedDay()) + ", which is flawed"),
          before);
    }
    if (!before.isBeforeFirst() && day.day() <= before.day()) {
      return again(day, before, folder);
    }
    if (day.isFlawed()) {
      return flawed(day, before, folder, day.flaw());
    }
    final DayFile there = folder.file();
    if (there != null && there.isOf(day, options, before.stateHash())) {
      return new Done(kept(day, there), KeyState.inFile(day.day(), there.hash()));
    }
    try {
      return compute(day, before, folder);
    } catch (final FeedFileException | FlawedDayException | NoSuchFileException e) {
      drop();
      return flawed(day, before, folder, e.getMessage());
    } catch (final IOException | RuntimeException | Error e) {
      drop();
      throw e;
    }
  }

  /** Whether a day is left alone because one before it is flawed. */
  private boolean isAfterFlaw(final FileDay day, final KeyState before) {
    final boolean hasDefinition =
        !before.isBeforeFirst() || day.isFlawed() || day.parts().get(0).own() < 0;
    return before.isFlawed()
        && day.day() > before.flawedDay()
        && !(options.isContinued() && hasDefinition);
  }

  /** A day that the state has: the job was restarted behind it. */
  private Done again(final FileDay day, final KeyState before, final DayFolder folder)
      throws IOException {
    final DayFile there = folder.file();
    final boolean isSame =
        there != null
            && there.messages() == day.messages()
            && there.inputChecksum().equals(DayFile.hex(day.checksum()));
    return new Done(
        isSame
            ? kept(day, there)
            : DayResult.without(
                day,
                Outcome.FLAWED,
                day.isFlawed()
                    ? day.flaw()
                    : "was computed from other input, or its files are gone from "
                        + folder
                        + "; start without the savepoint"),
        before);
  }

  private static DayResult kept(final FileDay day, final DayFile there) {
    return new DayResult(
        day.name(),
        day.day(),
        Outcome.KEPT,
        day.messages(),
        there.events(),
        there.lastSequence(),
        there.hash(),
        "");
  }

  private static Done flawed(
      final FileDay day, final KeyState before, final DayFolder folder, final String reason)
      throws IOException {
    final DayResult result = DayResult.without(day, Outcome.FLAWED, reason);
    folder.flawed(result);
    return new Done(result, before.flawed(day.day(), reason));
  }

  private Done compute(final FileDay day, final KeyState before, final DayFolder folder)
      throws IOException {
    final DayMarket now = market(day, before);
    folder.begin();
    OutFile.writeBytes(
        folder.columns(),
        (to) -> {
          try (TableWriter table = parquet.begin(to, ColumnTable.fields(false))) {
            final ColumnTable columns =
                new ColumnTable(table, day.name().toString(), PriceRange.ALL, 1, false);
            now.apply(day, columns::add);
          }
        });
    final long[] windows = new long[1];
    OutFile.writeBytes(
        folder.score(),
        (to) -> {
          try (TableWriter table = parquet.begin(to, WindowTable.FIELDS)) {
            windows[0] = WindowTable.write(now.windows(), table);
          }
        });
    final MapState map = now.map();
    final long events = map.events();
    final KeyState state = now.state(day.day());
    final long hash = now.endHash();
    final long allEvents = map.events();
    final KeyState after = state.with(hash);
    folder.write(after);
    final DayFile file =
        new DayFile(
            day.name().venue(),
            day.name().symbol(),
            FileDay.text(day.day()),
            day.messages(),
            DayFile.hex(day.checksum()),
            options.settingsHash(),
            options.every(),
            Format.hash(before.stateHash()),
            allEvents,
            map.sequence(),
            Format.hash(hash),
            now.columns(),
            windows[0]);
    folder.end(file);
    if (allEvents == events) {
      marketDay = day.day();
      marketHash = hash;
    } else {
      drop();
    }
    return new Done(
        new DayResult(
            day.name(),
            day.day(),
            Outcome.COMPUTED,
            day.messages(),
            allEvents,
            map.sequence(),
            hash,
            ""),
        after);
  }

  /** The market after the day before. */
  private DayMarket market(final FileDay day, final KeyState before) throws IOException {
    final String name = day.name().toString();
    if (market != null
        && marketOf.equals(name)
        && marketDay == before.day()
        && marketHash == before.stateHash()) {
      return market;
    }
    drop();
    final KeyState from =
        before.isInFile()
            ? new DayFolder(options.folder(), day.name(), before.day()).readSnapshot()
            : before;
    market = new DayMarket(settings, name, options.every(), from);
    marketOf = name;
    return market;
  }

  private void drop() {
    if (market != null) {
      market.close();
      market = null;
    }
  }

  @Override
  public void close() {
    drop();
  }
}
