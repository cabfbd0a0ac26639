package io.liqmap.tools.page;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The installed browser and its driver.
 *
 * @param browser Chromium or Chrome
 * @param driver chromedriver of the same version
 */
record BrowserPrograms(Path browser, Path driver) {
  /** Of a file that exists as long as the browser is being installed. */
  private static final String PENDING = "LIQMAP_BROWSER_PENDING";

  private static final int PENDING_SECONDS = 300;
  private static final List<String> BROWSERS =
      List.of(
          "chromium",
          "google-chrome",
          "google-chrome-stable",
          "chrome",
          "/usr/lib/chromium/chromium",
          "/Applications/Chromium.app/Contents/MacOS/Chromium",
          "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
  private static final List<String> DRIVERS =
      List.of(
          "chromedriver",
          "/usr/lib/chromium/chromedriver",
          "/usr/lib/chromium-browser/chromedriver");

  /** Finds both, or says what is missing and how to install it. */
  static BrowserPrograms find() throws NoBrowserException, InterruptedException {
    awaitInstallation();
    final Optional<Path> browser = first(BROWSERS);
    final Optional<Path> driver = first(DRIVERS);
    if (browser.isPresent() && driver.isPresent()) {
      return new BrowserPrograms(browser.get(), driver.get());
    }
    throw new NoBrowserException(
        (browser.isPresent() ? "no chromedriver" : "no Chromium")
            + " on the path; on Debian: apt-get install --no-install-recommends chromium"
            + " chromium-driver");
  }

  private static void awaitInstallation() throws InterruptedException {
    final String pending = System.getenv(PENDING);
    for (int i = 0; pending != null && i < PENDING_SECONDS && Files.exists(Path.of(pending)); i++) {
      Thread.sleep(1_000);
    }
  }

  private static Optional<Path> first(final List<String> names) {
    return names.stream()
        .flatMap(BrowserPrograms::places)
        .filter((file) -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  private static Stream<Path> places(final String name) {
    if (name.startsWith("/")) {
      return Stream.of(Path.of(name));
    }
    final String path = System.getenv().getOrDefault("PATH", "");
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(path)
        .filter((folder) -> !folder.isBlank())
        .flatMap(
            (folder) -> Stream.of(Path.of(folder, name), Path.of(folder, name.concat(".exe"))));
  }
}
