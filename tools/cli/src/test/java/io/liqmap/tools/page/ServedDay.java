package io.liqmap.tools.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.liqmap.tools.serve.Binding;
import io.liqmap.tools.serve.JournalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The whole day of a {@link PageMarket}, journaled and served. */
final class ServedDay implements AutoCloseable {
  private final Path folder;
  private final JournalServer server;
  private final Map<List<String>, JsonNode> printed = new HashMap<>();

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

  /** What the command prints of the day; once, as it doesn't change. */
  JsonNode map(final String instrument, final String... options) throws Exception {
    final List<String> asked = Stream.concat(Stream.of(instrument), Stream.of(options)).toList();
    JsonNode map = printed.get(asked);
    if (map == null) {
      map = Printed.map(folder.resolve("day"), instrument, options);
      printed.put(asked, map);
    }
    return map;
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
