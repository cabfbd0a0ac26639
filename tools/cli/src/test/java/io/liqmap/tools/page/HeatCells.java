package io.liqmap.tools.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The answer to a request for cells, read by the form that its documentation gives. */
final class HeatCells {
  private static final int MAGIC = 0x314D484C;
  private static final int SERIES = 48;
  private static final int SERIES_COUNT = 6;
  private static final int OK = 200;
  private static final int READ_WAITS = 6_000;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  final int columns;
  final int rows;
  final double every;
  final double lowest;
  final double ratio;
  private final ByteBuffer bytes;

  private HeatCells(final ByteBuffer bytes) {
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(MAGIC, bytes.getInt(0));
    columns = bytes.getInt(4);
    rows = bytes.getInt(8);
    every = bytes.getDouble(16);
    lowest = bytes.getDouble(24);
    ratio = bytes.getDouble(32);
    assertEquals(1, bytes.getFloat(40), "whole");
    assertEquals(cellsAt() + 4L * columns * rows, bytes.capacity());
  }

  /** Asks what the page asked. */
  static HeatCells of(final String url) throws Exception {
    return new HeatCells(ByteBuffer.wrap(get(url)));
  }

  /** The bytes of an answer. */
  static byte[] get(final String url) throws Exception {
    final HttpResponse<byte[]> response =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(url)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertEquals(OK, response.statusCode(), url);
    return response.body();
  }

  /**
   * Waits until a server has read its journal: until then a page reports that there is no answer.
   */
  static void awaitRead(final String origin, final String instrument) throws Exception {
    final URI map = URI.create(origin + "/api/map?instrument=" + instrument);
    final HttpRequest request = HttpRequest.newBuilder(map).build();
    // Before its first events a journal has no instrument.
    for (int i = 0; i < READ_WAITS; i++) {
      if (HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == OK) {
        return;
      }
      Thread.sleep(10);
    }
    throw new AssertionError("no answer from " + map);
  }

  private int cellsAt() {
    return SERIES + SERIES_COUNT * 8 * columns;
  }

  /** End of a column, ms. */
  double time(final int column) {
    return bytes.getDouble(SERIES + 8 * column);
  }

  double price(final int row) {
    return lowest * StrictMath.pow(ratio, row);
  }

  /** Longs below 0, shorts above. */
  double cell(final int column, final int row) {
    return bytes.getFloat(cellsAt() + 4 * (column * rows + row));
  }
}
