package io.liqmap.tools.command;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedFileReader;
import io.liqmap.engine.feed.MergedFeed;
import io.liqmap.engine.feed.StreamFeed;
import io.liqmap.engine.live.PipeChannel;
import io.liqmap.engine.live.RingFeed;
import io.liqmap.engine.live.SocketFeed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.CloseHelper;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * What {@code --feed} names: feed files, which are merged, or one live feed. A live feed is never
 * merged: its messages would wait for the others', and theirs for it.
 */
public final class Feeds implements AutoCloseable {
  static final String STANDARD_INPUT = "-";
  private static final String UNIX = "unix:";
  private static final String TCP = "tcp:";
  private static final String RING = "ring:";
  private static final Pattern RING_SIZE = Pattern.compile("(.*)\\?(\\d{1,10})([km]?)");
  private static final String LOCALHOST = "localhost";

  private final CommandLine command;
  private final Consumer<String> log;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private BlockSource source;
  private Supplier<String> progress;

  private Feeds(final CommandLine command, final Consumer<String> log) {
    this.command = command;
    this.log = log;
  }

  /**
   * Opens feeds.
   *
   * @param log what happens to writers of a live feed, a line at a time
   * @throws ParameterException if they are named wrong, or don't go together
   */
  public static Feeds open(
      final List<String> names, final CommandLine command, final Consumer<String> log)
      throws IOException {
    final Feeds feeds = new Feeds(command, log);
    try {
      feeds.requireDistinct(names);
      if (names.stream().anyMatch(Feeds::isLive)) {
        feeds.openLive(names);
      } else {
        feeds.openFiles(names);
      }
      return feeds;
    } catch (final IOException | RuntimeException | Error e) {
      feeds.close();
      throw e;
    }
  }

  /** The folder of a live feed's file, null where it makes none. */
  static Path folder(final List<String> names) {
    if (names.size() != 1) {
      return null;
    }
    final String name = names.get(0);
    if (name.startsWith(UNIX)) {
      return Path.of(name.substring(UNIX.length())).toAbsolutePath().getParent();
    }
    return name.startsWith(RING)
        ? Path.of(ringPath(name.substring(RING.length()))).toAbsolutePath().getParent()
        : null;
  }

  private static boolean isLive(final String name) {
    return name.equals(STANDARD_INPUT)
        || name.startsWith(UNIX)
        || name.startsWith(TCP)
        || name.startsWith(RING)
        || isPipe(Path.of(name));
  }

  private static boolean isPipe(final Path file) {
    return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
  }

  /**
   * A mistyped option after --feed looks like one feed more; the same feed twice would count every
   * trade twice.
   */
  private void requireDistinct(final List<String> names) throws IOException {
    final Set<Object> seen = new HashSet<>();
    for (final String name : names) {
      final boolean isFile = !isLive(name);
      if (isFile && name.startsWith("-") && !Files.exists(Path.of(name))) {
        throw usage("Unknown option: '" + name + "'");
      }
      if (!seen.add(isFile ? Path.of(name).toRealPath() : name)) {
        throw usage("--feed " + name + " is given twice; its events would count twice");
      }
    }
  }

  private void openFiles(final List<String> names) throws IOException {
    final List<FeedFileReader> readers = new ArrayList<>();
    for (final String name : names) {
      final FeedFileReader reader = new FeedFileReader(Path.of(name));
      readers.add(reader);
      opened.add(reader);
    }
    source = readers.size() == 1 ? readers.get(0) : new MergedFeed(readers);
    progress = () -> share(readers);
  }

  private void openLive(final List<String> names) throws IOException {
    if (names.size() > 1) {
      throw usage(
          "--feed "
              + names.stream().filter(Feeds::isLive).findFirst().orElseThrow()
              + " is a live feed and takes no other beside it: merged by time, each would wait for"
              + " the others. Let one writer send all"
              + " instruments, or several write to one ring:PATH");
    }
    final String name = names.get(0);
    if (name.startsWith(UNIX)) {
      open(SocketFeed.listen(Path.of(name.substring(UNIX.length())), log));
    } else if (name.startsWith(TCP)) {
      open(SocketFeed.listen(address(name.substring(TCP.length())), log));
    } else if (name.startsWith(RING)) {
      openRing(name.substring(RING.length()));
    } else if (name.equals(STANDARD_INPUT)) {
      open(new StreamFeed("standard input", PipeChannel.ofStandardInput()));
    } else {
      open(new StreamFeed(name, PipeChannel.of(Path.of(name))));
    }
  }

  private void openRing(final String text) throws IOException {
    final Matcher sized = RING_SIZE.matcher(text);
    final long capacity =
        sized.matches() ? bytes(sized.group(2), sized.group(3)) : RingFeed.DEFAULT_CAPACITY;
    final RingFeed feed;
    try {
      feed =
          RingFeed.create(
              Path.of(ringPath(text)), (int) Math.min(capacity, Integer.MAX_VALUE), log);
    } catch (final IllegalArgumentException e) {
      throw usage("--feed ring:" + text + ": " + e.getMessage());
    }
    opened.add(feed);
    source = feed;
    progress = () -> bytes(feed::received);
  }

  private static String ringPath(final String text) {
    final Matcher sized = RING_SIZE.matcher(text);
    return sized.matches() ? sized.group(1) : text;
  }

  private static long bytes(final String number, final String unit) {
    final int shift = unit.equals("m") ? 20 : unit.equals("k") ? 10 : 0;
    return Long.parseLong(number) << shift;
  }

  private void open(final SocketFeed feed) {
    opened.add(feed);
    source = feed;
    progress = () -> bytes(feed::received);
  }

  private void open(final StreamFeed feed) {
    opened.add(feed);
    source = feed;
    progress = () -> bytes(feed::received);
  }

  /** Names are not looked up: nothing but this machine is asked. */
  private InetSocketAddress address(final String text) {
    final int colon = text.lastIndexOf(':');
    final String host = colon < 0 ? text : text.substring(0, colon).replaceAll("[\\[\\]]", "");
    try {
      final boolean isLiteral = host.equals(LOCALHOST) || host.matches("[0-9.]+|[0-9a-fA-F:.]*:.*");
      final InetAddress address = isLiteral ? InetAddress.getByName(host) : null;
      if (colon > 0 && address != null && address.isLoopbackAddress()) {
        return new InetSocketAddress(address, Integer.parseInt(text.substring(colon + 1)));
      }
    } catch (final IOException | IllegalArgumentException e) {
      // Reported below.
    }
    throw usage(
        "--feed tcp:"
            + text
            + ": has to be tcp:HOST:PORT, a loopback address (127.0.0.1, ::1, localhost) and a port of 0 (any"
            + " free one) to 65535; a writer on another machine needs a tunnel, such as ssh -L");
  }

  private static String share(final List<FeedFileReader> readers) {
    double read = 0;
    double size = 0;
    for (final FeedFileReader reader : readers) {
      read += reader.position();
      size += reader.size();
    }
    return String.format(Locale.ROOT, "%3.0f %%", 100 * Math.min(1, read / size));
  }

  private static String bytes(final LongSupplier received) {
    return String.format(Locale.ROOT, "%,d bytes", received.getAsLong());
  }

  private ParameterException usage(final String message) {
    return new ParameterException(command, message);
  }

  /** What is fed. */
  public BlockSource source() {
    return source;
  }

  /** How far they were read; another thread asks. */
  public String progress() {
    return progress.get();
  }

  @Override
  public void close() {
    CloseHelper.quietCloseAll(opened);
  }
}
