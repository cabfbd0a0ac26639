package io.liqmap.tools.importer;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;

/**
 * Files that no venue wrote: refused with {@link ImportException}, or a feed without a fault.
 *
 * <p>The first byte of an input says whether the rest is packed by the test (1), taken for packed
 * already (2), or plain.
 */
@Tag("fuzz")
final class ImportFuzzTest {
  private static final ImportOptions OPTIONS =
      ImportOptions.defaults().withMaxExpandedBytes(1 << 20);

  @FuzzTest
  void shouldImportOrRefuseAggTrades(final byte[] bytes) throws IOException {
    check(ImportFormat.BINANCE, bytes, "BTCUSDT-aggTrades-2024-08-05", ".zip");
  }

  @FuzzTest
  void shouldImportOrRefuseMetrics(final byte[] bytes) throws IOException {
    check(ImportFormat.BINANCE, bytes, "BTCUSDT-metrics-2024-08-05", ".zip");
  }

  @FuzzTest
  void shouldImportOrRefuseFundingRates(final byte[] bytes) throws IOException {
    check(ImportFormat.BINANCE, bytes, "BTCUSDT-fundingRate-2024-08", ".zip");
  }

  @FuzzTest
  void shouldImportOrRefuseMarkPriceKlines(final byte[] bytes) throws IOException {
    check(ImportFormat.BINANCE, bytes, "BTCUSDT-markPriceKlines-1m-2024-08-05", ".zip");
  }

  @FuzzTest
  void shouldImportOrRefuseTardisTrades(final byte[] bytes) throws IOException {
    check(ImportFormat.TARDIS, bytes, "binance-futures_trades_2024-08-05_BTCUSDT", ".csv.gz");
  }

  @FuzzTest
  void shouldImportOrRefuseTardisTickers(final byte[] bytes) throws IOException {
    check(
        ImportFormat.TARDIS,
        bytes,
        "binance-futures_derivative_ticker_2024-08-05_BTCUSDT",
        ".csv.gz");
  }

  @FuzzTest
  void shouldImportOrRefuseTardisLiquidations(final byte[] bytes) throws IOException {
    check(ImportFormat.TARDIS, bytes, "binance-futures_liquidations_2024-08-05_BTCUSDT", ".csv.gz");
  }

  @FuzzTest
  void shouldImportOrRefuseBybitTrades(final byte[] bytes) throws IOException {
    check(ImportFormat.BYBIT, bytes, "BTCUSDT2024-08-05", ".csv.gz");
  }

  @FuzzTest
  void shouldImportOrRefusePositions(final byte[] bytes) throws IOException {
    check(ImportFormat.HYPERLIQUID_POSITIONS, bytes, "positions-20260713", ".csv.gz");
  }

  @FuzzTest
  void shouldImportOrRefuseFrames(final byte[] bytes) throws IOException {
    check(ImportFormat.BINANCE_WS, bytes, "btcusdt_20240805", ".gz");
  }

  /** Four files, parted by bytes of 0. */
  @FuzzTest
  void shouldImportOrRefuseBars(final byte[] bytes) throws IOException {
    final Path folder = Files.createTempDirectory("liqmap");
    try {
      final List<Path> files = new ArrayList<>();
      int from = 0;
      for (final String kind :
          List.of("ohlcv", "open-interest", "liquidation", "long-short-ratio")) {
        if (from <= bytes.length) {
          int to = from;
          while (to < bytes.length && bytes[to] != 0) {
            to++;
          }
          files.add(
              Files.write(
                  folder.resolve("BTCUSDT-" + kind + ".csv"), Arrays.copyOfRange(bytes, from, to)));
          from = to + 1;
        }
      }
      check(ImportFormat.COINALYZE, folder, files.toArray(Path[]::new));
    } finally {
      delete(folder);
    }
  }

  private static void check(
      final ImportFormat format, final byte[] bytes, final String name, final String archive)
      throws IOException {
    final Path folder = Files.createTempDirectory("liqmap");
    try {
      final int packing = bytes.length == 0 ? 0 : bytes[0];
      final byte[] rest = Arrays.copyOfRange(bytes, Math.min(1, bytes.length), bytes.length);
      final boolean isPacked = packing == 1 || packing == 2 || format == ImportFormat.BINANCE_WS;
      final Path file = folder.resolve(name + (isPacked ? archive : ".csv"));
      Files.write(file, isPacked && packing != 2 ? packed(rest, archive, name) : rest);
      check(format, folder, file);
    } finally {
      delete(folder);
    }
  }

  private static void check(final ImportFormat format, final Path folder, final Path... files)
      throws IOException {
    final Path feed = folder.resolve("out.feed");
    try {
      FeedCheck.run(format, OPTIONS, feed, files);
      FeedCheck.read(feed);
    } catch (final ImportException refused) {
      assertFalse(Files.exists(feed));
      assertTrue(refused.getMessage().length() > 10, refused.getMessage());
    }
  }

  private static byte[] packed(final byte[] bytes, final String archive, final String name)
      throws IOException {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (archive.equals(".zip")) {
      try (ZipOutputStream zip = new ZipOutputStream(out)) {
        zip.putNextEntry(new ZipEntry(name + ".csv"));
        zip.write(bytes);
        zip.closeEntry();
      }
    } else {
      try (OutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(bytes);
      }
    }
    return out.toByteArray();
  }

  private static void delete(final Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (final Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
