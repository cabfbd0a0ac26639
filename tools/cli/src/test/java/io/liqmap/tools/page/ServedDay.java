package io.liqmap.tools.page;

import io.liqmap.tools.serve.Binding;
import io.liqmap.tools.serve.JournalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The whole day of a {@link PageMarket}, journaled and served. */
final class ServedDay implements AutoCloseable {
  private final Path folder;
  private final JournalServer server;

  private ServedDay(final Path folder, final JournalServer server) {
    this.folder = folder;
    this.server = server;
  }

  static ServedDay start() throws Exception {
    final Path folder = Files.createTempDirectory("liqmap-page");
    final Path journal = folder.resolve("day");
    PageJournal.write(PageMarket.of(PageMarket.DAY), journal);
    final ServedDay day = new ServedDay(folder, JournalServer.start(journal, Binding.loopback(0)));
    HeatCells.awaitRead(day.origin(), PageMarket.FIRST);
    return day;
  }

  Path journal() {
    return folder.resolve("day");
  }

  /** Without a slash at its end. */
  String origin() {
    return server.url().replaceAll("/$", "");
  }

  @Override
  public void close() throws IOException {
    server.close();
    Browser.delete(folder);
  }
}
