package io.liqmap.tools.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * One headless Chromium with a profile of its own in a temporary folder. It reaches this machine
 * alone, and keeps what a page asked for and what went wrong in it.
 */
final class Browser implements AutoCloseable {
  static final int WIDTH = 1280;
  static final int HEIGHT = 900;

  /** On a busy machine a page may take long; a test that waits this long has failed. */
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  /** Where the page is broken, not each test has to wait as long. */
  private static final Duration LESS_PATIENCE = Duration.ofSeconds(3);

  private static final int VAIN_WAITS = 3;
  private static final int SPARE_SECONDS = 10;

  /** Kept, so that its level is. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private final Path profile;
  private final ChromeDriver driver;
  private final PageLog log;
  private int vainWaits;

  private Browser(final Path profile, final ChromeDriver driver) {
    this.profile = profile;
    this.driver = driver;
    this.log = new PageLog(driver.manage().logs());
  }

  /** Starts the installed browser; says what to install where there is none. */
  static Browser start() throws NoBrowserException, IOException, InterruptedException {
    final BrowserPrograms programs = BrowserPrograms.find();
    // It warns of a DevTools protocol newer than its own, of which we use nothing.
    SELENIUM.setLevel(Level.SEVERE);
    final Path profile = Files.createTempDirectory("liqmap-browser");
    try {
      final ChromeDriverService service =
          new ChromeDriverService.Builder()
              .usingDriverExecutable(programs.driver().toFile())
              .usingAnyFreePort()
              .withLogFile(profile.resolve("chromedriver.log").toFile())
              .build();
      final ChromeDriver driver = new ChromeDriver(service, options(programs, profile));
      driver.manage().timeouts().scriptTimeout(PATIENCE.plusSeconds(SPARE_SECONDS));
      driver.get("about:blank");
      return new Browser(profile, driver);
    } catch (final WebDriverException e) {
      delete(profile);
      throw new NoBrowserException(
          programs.browser()
              + " doesn't start: "
              + String.valueOf(e.getMessage()).lines().findFirst());
    }
  }

  private static ChromeOptions options(final BrowserPrograms programs, final Path profile) {
    final ChromeOptions options = new ChromeOptions();
    options.setBinary(programs.browser().toFile());
    final List<String> flags =
        new ArrayList<>(
            List.of(
                "--headless=new",
                "--disable-gpu",
                "--user-data-dir=" + profile.resolve("profile"),
                "--window-size=" + WIDTH + "," + HEIGHT,
                "--force-device-scale-factor=1",
                "--force-color-profile=srgb",
                "--lang=en",
                "--mute-audio",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-default-apps",
                "--disable-extensions",
                "--disable-sync",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"));
    // Chromium refuses to start its sandbox as root.
    if ("root".equals(System.getProperty("user.name"))) {
      flags.add("--no-sandbox");
    }
    options.addArguments(flags);
    final LoggingPreferences kept = new LoggingPreferences();
    kept.enable(LogType.BROWSER, Level.ALL);
    kept.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, kept);
    return options;
  }

  ChromeDriver driver() {
    return driver;
  }

  PageLog log() {
    return log;
  }

  /** Sets the page's size; a window couldn't be as narrow as a telephone. */
  void resize(final int width, final int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Has pages see a preference of the user, as {@code prefers-color-scheme}. */
  void prefer(final String feature, final String value) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", feature, "value", value))));
  }

  /** Takes back whatever was set for the page or kept by it. */
  void reset() {
    driver.executeScript("localStorage.clear();");
    driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
    log.clear();
  }

  /** The value of an expression of JavaScript; {@code arguments} as in a function. */
  Object evaluate(final String expression, final Object... arguments) {
    return driver.executeScript("return (" + expression + ");", arguments);
  }

  /** Waits until an expression is true, looking after each frame; says what it waited for. */
  void await(final String what, final String expression, final Object... arguments) {
    final Object done =
        driver.executeAsyncScript(
            "const done = arguments[arguments.length - 1];"
                + "const end = performance.now() + "
                + (vainWaits < VAIN_WAITS ? PATIENCE : LESS_PATIENCE).toMillis()
                + ";"
                + "const given = Array.from(arguments);"
                + "const holds = function () { return ("
                + expression
                + "); };"
                + "let error = null;"
                + "const look = () => {"
                + "  let held = false;"
                + "  try { held = holds.apply(null, given); error = null; } catch (e) { error = String(e); }"
                + "  if (held) { done(true); }"
                + "  else if (performance.now() > end) { done(error ?? 'false'); }"
                + "  else { setTimeout(look, 10); } };"
                + "look();",
            arguments);
    if (!Boolean.TRUE.equals(done)) {
      vainWaits++;
      throw new AssertionError(
          "waited in vain until %s: %s is %s; the page says %s"
              .formatted(
                  what,
                  expression,
                  done,
                  evaluate(
                      "JSON.stringify(document.getElementById('app')?.dataset ?? location.href)"
                          + " + ' ' + (document.getElementById('banners')?.innerText ?? '')")));
    }
  }

  @Override
  public void close() throws IOException {
    driver.quit();
    delete(profile);
  }

  static void delete(final Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
