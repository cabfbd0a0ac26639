package io.liqmap.tools.page;

import io.liqmap.tools.serve.Binding;
import io.liqmap.tools.serve.JournalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** A market that happens now, as a test plays it, its engine, and a server of its journal. */
final class LiveJournal implements AutoCloseable {
  private final Path folder = Files.createTempDirectory("liqmap-live");
  private final PageMarket market;
  private final CompletableFuture<Void> engine;
  private JournalServer server;
  private final int port;

  /** Starts it with some minutes behind it. */
  LiveJournal(final int minutes) throws IOException {
    market = new PageMarket(Instant.now().minus(Duration.ofMinutes(minutes))).play(minutes);
    engine =
        CompletableFuture.runAsync(
            () -> {
              try {
                PageJournal.write(market, journal());
              } catch (final Exception e) {
                throw new IllegalStateException(e);
              }
            },
            (task) -> new Thread(task, "market").start());
    server = JournalServer.start(journal(), Binding.loopback(0));
    port = Integer.parseInt(origin().replaceAll(".*:", ""));
  }

  Path journal() {
    return folder.resolve("journal");
  }

  String origin() {
    return server.url().replaceAll("/$", "");
  }

  /** Has another minute happen. */
  void play() {
    market.play(1);
  }

  void cut() {
    server.close();
  }

  void bringBack() throws IOException {
    server = JournalServer.start(journal(), Binding.loopback(port));
  }

  /** Ends the market; the server remains. */
  void end() {
    market.end();
    engine.join();
  }

  @Override
  public void close() throws IOException {
    server.close();
    end();
    Browser.delete(folder);
  }
}
