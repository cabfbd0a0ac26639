package io.liqmap.tools.serve;

import java.io.IOException;
import java.nio.file.Path;

/** The page over one journal, which it follows. For any thread. */
public final class JournalServer implements AutoCloseable {
  private final PageServer page;

  private JournalServer(final PageServer page) {
    this.page = page;
  }

  /**
   * Starts one.
   *
   * @param journal its folder
   * @throws IOException if the port is taken, or this build has no page
   */
  public static JournalServer start(final Path journal, final Binding binding)
      throws IOException {
    return new JournalServer(PageServer.start(binding, new Api(new ServedJournal(journal))));
  }

  /** Where a browser finds the page, the token included. */
  public String url() {
    return page.url();
  }

  @Override
  public void close() {
    page.close();
  }
}
