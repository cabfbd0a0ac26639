package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.tools.serve.Binding;
import io.liqmap.tools.serve.JournalServer;
import io.liqmap.tools.serve.RawClient;
import io.liqmap.tools.serve.RawClient.Answered;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal's server through real sockets: what it answers, and what it doesn't. */
final class ServedJournalTest {
  private static final int STREAMS = 40;
  private static final String LINEAR = "instrument=" + GroupSession.LINEAR;

  @TempDir private static Path folder;

  private static Path journal;
  private static JournalServer server;
  private static RawClient client;

  @BeforeAll
  static void serve() throws Exception {
    journal = GroupSession.run(folder);
    server = JournalServer.start(journal, Binding.loopback(0));
    client = new RawClient(server.url());
    readToEnd(client);
  }

  @AfterAll
  static void end() {
    server.close();
  }

  /** Asks until the journal is read. */
  private static void readToEnd(final RawClient of, final String... headers) throws IOException {
    Answered session = of.get("/api/session", headers);
    while (session.status() == 503) {
      assertNotNull(session.header("Retry-After"));
      session = of.get("/api/session", headers);
    }
    assertEquals(200, session.status(), session.text());
  }

  private static String error(final Answered answered) {
    assertEquals("application/json; charset=utf-8", answered.header("Content-Type"));
    return JsonText.object(answered.text()).get("error").toString();
  }

  private static String map(final Object... more) {
    final List<Object> words = new ArrayList<>(List.of("map", "--journal", journal));
    words.addAll(List.of("--format", "json"));
    words.addAll(List.of(more));
    return Cli.run(words.toArray()).done().out();
  }

  @Test
  void shouldSayWhatTheJournalHas() throws IOException {
    final Map<String, Object> session = JsonText.object(client.get("/api/session").text());
    assertEquals("journal", session.get("journal"));
    assertEquals(false, session.get("isLive"));
    assertEquals(1.0, session.get("progress"));
    final String text = session.get("instruments").toString();
    assertTrue(text.contains(GroupSession.LINEAR) && text.contains("group:BTC"), text);
    assertTrue(session.get("models").toString().contains("consensus"));
    assertTrue(session.get("caveat").toString().contains("not a forecast"));
  }

  @ParameterizedTest
  @CsvSource({
    "bybit:BTCUSD,oi-delta,12h",
    "group:BTC,consensus,",
  })
  void shouldAnswerTheBytesOfTheCommand(
      final String instrument, final String model, final String window) throws IOException {
    final List<Object> words = new ArrayList<>(List.of("--symbol", instrument));
    String query = "/api/map?instrument=" + instrument;
    if (model != null) {
      words.addAll(List.of("--model", model));
      query += "&model=" + model;
    }
    if (window != null) {
      words.addAll(List.of("--window", window));
      query += "&window=" + window;
    }
    assertEquals(map(words.toArray()), client.get(query).text());
    words.addAll(List.of("--at", "2024-10-24T12:00:02Z"));
    final String past = map(words.toArray());
    assertEquals(past, client.get(query + "&at=2024-10-24T12:00:02Z").text());
    assertEquals(past, client.get(query + "&at=2024-10-24T12:00:02Z").text(), "again");
    assertEquals(past, client.get(query + "&at=1729771202s").text(), "in other words");
  }

  @Test
  void shouldNotSendAgainWhatTheBrowserHas() throws IOException {
    final String query = "/api/map?" + LINEAR;
    final String tag = client.get(query).header("ETag");
    final Answered same = client.get(query, "If-None-Match: " + tag);
    assertEquals(304, same.status());
    assertEquals(0, same.body().length);
    assertEquals(200, client.get(query + "&at=9", "If-None-Match: " + tag).status());
    assertEquals(200, client.get(query + "&model=oi-delta", "If-None-Match: " + tag).status());
  }

  @Test
  void shouldHaveTheFilesOfThePageAskedForOnce() throws IOException {
    final Answered page = client.get("/");
    assertEquals("no-cache", page.header("Cache-Control"));
    final List<String> files =
        Pattern.compile("(?:href|src)=\"(page-[0-9a-f]+/[^\"]+)")
            .matcher(page.text())
            .results()
            .map((found) -> '/' + found.group(1))
            .toList();
    assertTrue(files.stream().anyMatch((file) -> file.endsWith("/main.js")), page.text());
    for (final String file : files) {
      final Answered answered = client.get(file);
      assertEquals(200, answered.status(), file);
      assertTrue(answered.header("Cache-Control").endsWith("immutable"), file);
      final String name = file.substring(file.lastIndexOf('/'));
      assertEquals(answered.text(), client.get(name).text(), name);
      assertEquals("no-cache", client.get(name).header("Cache-Control"), name);
    }
    assertEquals(404, client.get("/page-0/main.js").status());
  }

  @Test
  void shouldCompressOnlyForThoseWhoAccept() throws IOException {
    final String query = "/api/map?" + LINEAR;
    final Answered plain = client.get(query, "Accept-Encoding: gzip;q=0, br");
    final Answered packed = client.get(query, "Accept-Encoding: br, gzip");
    assertNull(plain.header("Content-Encoding"));
    assertEquals("gzip", packed.header("Content-Encoding"));
    assertEquals("Accept-Encoding", packed.header("Vary"));
    assertTrue(packed.body().length < plain.body().length);
    assertArrayEquals(
        plain.body(), new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes());
  }

  @ParameterizedTest
  @CsvSource({
    "at=2024-10-24T11:00:00Z, 409, is before the first event: there are events from",
    "at=2024-10-25, 409, is after the last event: there are events from",
    "at=999, 409, up to sequence",
    "at=yesterday, 400, neither a time nor a sequence",
    "at=99999999999999999999s, 400, neither a time nor a sequence",
    "model=none, 400, the journal was made with",
    "window=2d, 400, 'give 12h, 1d, 3d, 7d, 30d or all'",
    "model=measured&window=1d, 400, leave window out",
    "colour=red, 400, unknown parameter 'colour'",
    "model=ladder&model=ladder, 400, given twice",
  })
  void shouldSayWhatIsWrongWithAMap(final String query, final int status, final String what)
      throws IOException {
    final Answered answered = client.get("/api/map?" + LINEAR + "&" + query);
    assertEquals(status, answered.status());
    assertTrue(error(answered).contains(what), answered.text());
  }

  @Test
  void shouldRejectABrokenEscape() throws IOException {
    assertEquals(400, client.get("/api/map?model=%zz").status());
  }

  @Test
  void shouldNameTheInstrumentsThatThereAre() throws IOException {
    assertTrue(error(client.get("/api/map")).contains("name an instrument: BTCUSDT, BTCUSD"));
    assertTrue(error(client.get("/api/map?instrument=DOGE")).contains("BTCUSDT, BTCUSD"));
  }

  @Test
  void shouldProtectEveryAnswer() throws IOException {
    for (final String target : List.of("/", "/api/session", "/nothing", "/api/map?x=1")) {
      final Answered answered = client.get(target);
      assertTrue(
          answered.header("Content-Security-Policy").startsWith("default-src 'none'"), target);
      assertEquals("nosniff", answered.header("X-Content-Type-Options"), target);
      assertEquals("no-referrer", answered.header("Referrer-Policy"), target);
      assertEquals("same-origin", answered.header("Cross-Origin-Opener-Policy"), target);
      assertEquals("same-origin", answered.header("Cross-Origin-Resource-Policy"), target);
      assertNull(answered.header("Access-Control-Allow-Origin"), target);
      assertNotNull(answered.header("Cache-Control"), target);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../index.html",
        "/..%2findex.html",
        "/%2e%2e/index.html",
        "/..\\index.html",
        "//index.html",
        "/./index.html",
        "/index.html/",
        "/index.html%00",
        "/INDEX.HTML",
        "/page.css/../index.html",
        "/io/liqmap/tools/page/index.html",
        "/api",
        "/api/",
        "/api/map/",
        "/nothing",
        "*",
        "http://example.org/index.html/x",
      })
  void shouldFindNothingBesideItsFiles(final String target) throws IOException {
    final Answered answered = client.get(target);
    assertTrue(answered.status() == 404 || answered.status() == 400, answered.head().get(0));
    assertFalse(answered.text().contains("doctype"), answered.text());
  }

  @Test
  void shouldAnswerManyOnOneConnection() throws IOException {
    try (Socket socket = client.connect()) {
      final InputStream in = socket.getInputStream();
      for (final String target : List.of("/uplot.css", "/api/session", "/nothing", "/uplot.css")) {
        final String request = "GET " + target + " HTTP/1.1\r\nHost: " + client.authority();
        socket.getOutputStream().write((request + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        final Answered answered = new Answered(RawClient.head(in), new byte[0]);
        assertEquals(target.equals("/nothing") ? 404 : 200, answered.status(), target);
        final int length = Integer.parseInt(answered.header("Content-Length"));
        assertEquals(length, in.readNBytes(length).length, target);
      }
    }
  }

  @Test
  void shouldServeThePageAndItsParts() throws IOException {
    final Answered page = client.get("/");
    assertEquals(200, page.status());
    assertEquals("text/html; charset=utf-8", page.header("Content-Type"));
    assertArrayEquals(page.body(), client.get("/index.html").body());
    assertEquals("text/javascript; charset=utf-8", client.get("/uplot.js").header("Content-Type"));
    assertTrue(client.get("/uplot.js").text().contains("uPlot"));
    assertEquals("text/css; charset=utf-8", client.get("/uplot.css").header("Content-Type"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.org",
        "localhost",
        "localhost:1",
        "127.0.0.1",
        "[::2]:%d",
        "a.localhost:%d"
      })
  void shouldNotAnswerByAForeignName(final String host) throws IOException {
    final int port = client.port();
    final Answered answered =
        client.send("GET", "/api/session", host.replace("%d", Integer.toString(port)));
    assertEquals(403, answered.status());
    assertTrue(error(answered).contains("open the address that liqmap printed"));
  }

  @Test
  void shouldAnswerByItsOwnNames() throws IOException {
    final String port = Integer.toString(client.port());
    for (final String name : List.of("localhost", "127.0.0.1", "[::1]", "LOCALHOST")) {
      assertEquals(200, client.send("GET", "/api/session", name + ":" + port).status(), name);
    }
    assertEquals(403, client.send("GET", "/api/session", null).status());
    assertEquals(403, client.send("GET", "/", "localhost:" + port, "Host: example.org").status());
  }

  @Test
  void shouldNotAnswerOtherSites() throws IOException {
    final String own = "Origin: http://" + client.authority();
    assertEquals(200, client.get("/api/session", own, "Sec-Fetch-Site: same-origin").status());
    for (final String header :
        List.of(
            "Origin: http://example.org",
            "Origin: null",
            "Origin: https://" + client.authority(),
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site")) {
      final Answered answered = client.get("/api/session", header);
      assertEquals(403, answered.status(), header);
      assertTrue(error(answered).contains("another site"), answered.text());
    }
  }

  @Test
  void shouldLetALinkOpenThePageAlone() throws IOException {
    final String[] link = {
      "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"
    };
    assertEquals(200, client.get("/?at=9", link).status());
    assertEquals(403, client.get("/api/session", link).status());
    link[2] = "Sec-Fetch-Dest: iframe";
    assertEquals(403, client.get("/", link).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"})
  void shouldOnlyBeRead(final String method) throws IOException {
    final Answered answered = client.send(method, "/api/session", client.authority());
    assertEquals(405, answered.status());
    assertEquals("GET, HEAD", answered.header("Allow"));
  }

  @Test
  void shouldAnswerTheHeadOfAll() throws IOException {
    for (final String target : List.of("/", "/api/session", "/api/live?" + LINEAR, "/nothing")) {
      final Answered head = client.send("HEAD", target, client.authority());
      assertEquals(target.equals("/nothing") ? 404 : 200, head.status());
      assertEquals(0, head.body().length, target);
    }
    assertEquals(
        Integer.toString(client.get("/").body().length),
        client.send("HEAD", "/", client.authority()).header("Content-Length"));
  }

  @Test
  void shouldRejectWhatIsTooLong() throws IOException {
    assertEquals(414, client.get("/api/map?model=" + "x".repeat(2_100)).status());
    final String[] many = new String[100];
    for (int i = 0; i < many.length; i++) {
      many[i] = "X-" + i + ": 1";
    }
    assertFalse(isAnswered(many), "headers without end");
    assertFalse(isAnswered("X: " + "x".repeat(100_000)), "a header without end");
  }

  private static boolean isAnswered(final String... headers) {
    try {
      return client.get("/api/session", headers).status() == 200;
    } catch (final IOException | IndexOutOfBoundsException e) {
      return false;
    }
  }

  @Test
  void shouldAnswerTheHeatmapInTheRangeAskedFor() throws IOException {
    final Answered answered = client.get("/api/heatmap?" + LINEAR + "&columns=20&rows=30");
    assertEquals(200, answered.status(), answered.text());
    assertEquals("application/octet-stream", answered.header("Content-Type"));
    final ByteBuffer bytes = ByteBuffer.wrap(answered.body()).order(ByteOrder.LITTLE_ENDIAN);
    final int columns = bytes.getInt(4);
    final int rows = bytes.getInt(8);
    assertEquals("LHM1", new String(answered.body(), 0, 4, StandardCharsets.US_ASCII));
    assertTrue(columns > 0 && columns <= 20 && rows > 0 && rows <= 30, columns + " by " + rows);
    assertEquals(48 + 6 * 8 * columns + 4 * columns * rows, answered.body().length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "heatmap?columns=10; 400; name an instrument",
        "heatmap?instrument=a:b; 404; none of that name",
        "heatmap?instrument=a:b&columns=2001; 400; columns '2001'",
        "heatmap?instrument=a:b&columns=2000&rows=1500; 400; 2000000",
        "heatmap?instrument=a:b&rows=1e3; 400; rows '1e3'",
        "heatmap?instrument=a:b&rows=-1; 400; rows '-1'",
        "heatmap?instrument=a:b&group=99999999999; 400; group '99999999999'",
        "heatmap?instrument=a:b&from=5&to=4; 400; from has to be before to",
        "heatmap?instrument=a:b&from=NaN; 400; from 'NaN'",
        "heatmap?instrument=a:b&low=5&high=4; 400; low has to be",
        "heatmap?instrument=a:b&low=0x10; 400; low '0x10'",
        "heatmap?instrument=a:b&high=Infinity; 400; high 'Infinity'",
        "heatmap?instrument=a:b&model=none; 400; the journal was made with",
        "events?instrument=a:b&limit=5001; 400; limit '5001'",
        "events?instrument=a:b&kinds=sweep,x; 400; kinds: give some of sweep",
        "events?instrument=a:b&from=5&to=4; 400; from has to be before to",
        "events; 400; name an instrument",
      })
  void shouldSayWhatIsWrongWithAHistory(final String asked, final int status, final String what)
      throws IOException {
    final Answered answered = client.get("/api/" + asked);
    assertEquals(status, answered.status(), answered.text());
    assertTrue(error(answered).contains(what), answered.text());
  }

  @Test
  void shouldStepFromEventToEvent() throws IOException {
    final String step = "/api/step?" + LINEAR + "&by=event&at=";
    final Map<String, Object> next = JsonText.object(client.get(step + "9&direction=next").text());
    assertEquals(map("--symbol", GroupSession.LINEAR, "--at", "10"), atOf(next));
    final Map<?, ?> last =
        (Map<?, ?>) JsonText.object(client.get("/api/session").text()).get("last");
    assertEquals(
        client
            .get(step + ((Number) last.get("sequence")).longValue() + "&direction=previous")
            .text(),
        client.get(step + last.get("time") + "&direction=previous").text(),
        "a time means its last event");
    final Answered end = client.get(step + last.get("time") + "&direction=next");
    assertEquals(404, end.status());
    assertTrue(error(end).contains("no later one"), end.text());
    assertEquals(400, client.get(step + "9").status());
    assertEquals(400, client.get("/api/step?by=event&direction=next").status());
    assertEquals(409, client.get(step + "999&direction=next").status());
  }

  private static String atOf(final Map<String, Object> place) throws IOException {
    return client
        .get("/api/map?" + LINEAR + "&at=" + ((Number) place.get("sequence")).longValue())
        .text();
  }

  @Test
  void shouldListEventsInTheOrderOfTime() throws IOException {
    final Answered answered =
        client.get("/api/events?" + LINEAR + "&kinds=clusterBorn,quality,sweep&limit=3");
    final Map<String, Object> events = JsonText.object(answered.text());
    assertEquals(200, answered.status(), answered.text());
    final List<?> found = (List<?>) events.get("events");
    assertTrue(found.size() <= 3, answered.text());
    String before = "";
    for (final Object event : found) {
      final String time = ((Map<?, ?>) event).get("time").toString();
      assertTrue(time.compareTo(before) >= 0, answered.text());
      before = time;
    }
  }

  @Test
  void shouldStreamTheNewestStateFirst() throws IOException {
    try (Socket socket = client.connect()) {
      client.write(socket, "GET", "/api/live?" + LINEAR, client.authority());
      final InputStream in = socket.getInputStream();
      final List<String> head = RawClient.head(in);
      assertTrue(head.contains("Content-type: text/event-stream; charset=utf-8"), head.toString());
      final Map<String, Object> state = JsonText.object(event(in, "state"));
      final Map<String, Object> map = JsonText.object(map("--symbol", GroupSession.LINEAR));
      for (final String same :
          List.of("sequence", "time", "markPrice", "openInterest", "quality")) {
        assertEquals(map.get(same), state.get(same), same);
      }
      assertEquals(false, state.get("isLive"));
      assertEquals(map.get("sequence"), JsonText.object(event(in, "map")).get("sequence"));
    }
  }

  /** Data of the next event of a name. */
  private static String event(final InputStream in, final String name) throws IOException {
    String line = RawClient.line(in);
    while (!line.equals("event: " + name)) {
      line = RawClient.line(in);
    }
    return RawClient.line(in).substring("data: ".length());
  }

  @Test
  void shouldRejectAStreamOfWhatThereIsnt() throws IOException {
    assertTrue(error(client.get("/api/live?instrument=DOGE")).contains("BTCUSDT"));
    assertTrue(error(client.get("/api/live?" + LINEAR + "&at=9")).contains("unknown parameter"));
  }

  @Test
  void shouldLimitStreamsAndFreeThoseThatEnd() throws IOException {
    try (JournalServer own = JournalServer.start(journal, Binding.loopback(0))) {
      final RawClient to = new RawClient(own.url());
      readToEnd(to);
      final List<Socket> open = new ArrayList<>();
      try {
        for (int i = 0; i < STREAMS; i++) {
          open.add(to.connect());
          to.write(open.get(i), "GET", "/api/live?" + LINEAR, to.authority());
          assertEquals("HTTP/1.1 200 OK", RawClient.line(open.get(i).getInputStream()));
        }
        final Answered more = to.get("/api/live?" + LINEAR);
        assertEquals(429, more.status());
        assertEquals("1", more.header("Retry-After"));
        assertEquals(200, to.get("/api/session").status(), "others are still answered");
      } finally {
        for (final Socket socket : open) {
          socket.close();
        }
      }
      boolean isFree = false;
      while (!isFree) {
        isFree = to.send("HEAD", "/api/live?" + LINEAR, to.authority()).status() == 200;
      }
    }
  }

  @Test
  void shouldEndStreamsWhenItCloses() throws IOException {
    final JournalServer own = JournalServer.start(journal, Binding.loopback(0));
    final RawClient to = new RawClient(own.url());
    try (Socket socket = to.connect()) {
      to.write(socket, "GET", "/api/live?" + LINEAR, to.authority());
      assertEquals("HTTP/1.1 200 OK", RawClient.line(socket.getInputStream()));
      own.close();
      assertNotNull(socket.getInputStream().readAllBytes());
    }
  }

  @Test
  void shouldAnswerBesideAHundredSlowClients() throws IOException {
    final List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        final Socket socket = client.connect();
        slow.add(socket);
        if (i % 4 == 1) {
          socket.getOutputStream().write("GET /api/map HT".getBytes(StandardCharsets.UTF_8));
        } else if (i % 4 == 2) {
          client.write(socket, "GET", "/uplot.js", client.authority());
        } else if (i % 4 == 3) {
          client.write(socket, "GET", "/api/map?" + LINEAR, client.authority());
        }
      }
      assertEquals(200, client.get("/api/session").status());
      assertEquals(200, client.get("/api/map?" + LINEAR).status());
    } finally {
      for (final Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void shouldTakeATokenWhereItListensToOthers() throws IOException {
    final Binding all = Binding.of("0.0.0.0", 0, null);
    try (JournalServer own = JournalServer.start(journal, all)) {
      final String token = own.url().substring(own.url().indexOf("token=") + 6);
      assertTrue(token.length() >= 22, "128 bits: " + token);
      assertWants(token, new RawClient(own.url()));
    }
    assertNull(Binding.of("localhost", 0, null).token());
  }

  private static void assertWants(final String token, final RawClient to) throws IOException {
    final String wrong = token.substring(1) + (token.charAt(0) == 'A' ? 'B' : 'A');
    for (final String target : List.of("/", "/uplot.js", "/api/session", "/?token=" + wrong)) {
      assertEquals(401, to.get(target).status(), target);
      assertEquals("Bearer", to.get(target).header("WWW-Authenticate"), target);
    }
    assertEquals(401, to.get("/api/session?token=" + token).status(), "only the page exchanges it");
    assertEquals(401, to.get("/api/session", "Authorization: Bearer " + wrong).status());
    readToEnd(to, "Authorization: Bearer " + token);
    final Answered exchanged = to.get("/?at=9&token=" + token + "&model=ladder");
    assertEquals(303, exchanged.status());
    assertEquals("/?at=9&model=ladder", exchanged.header("Location"));
    final String cookie = exchanged.header("Set-Cookie");
    assertTrue(cookie.endsWith("; Path=/; HttpOnly; SameSite=Strict"), cookie);
    assertFalse(cookie.contains(token), "the cookie isn't the token");
    final String session = cookie.substring(0, cookie.indexOf(';'));
    assertEquals(200, to.get("/api/session", "Cookie: a=b; " + session).status());
    assertEquals(200, to.get("/", "Cookie: " + session).status());
    assertEquals(401, to.get("/", "Cookie: " + session + "x").status());
    assertEquals(
        403,
        to.send("GET", "/api/session", "example.org:" + to.port(), "Authorization: Bearer " + token)
            .status(),
        "a token is no name");
  }

  @Test
  void shouldReadATokenThatOnlyItsOwnerCanRead() throws IOException {
    final String token = "abcdefghijklmnopqrstuvwxyz-_0123";
    final Path file = Files.writeString(folder.resolve("token"), token + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertTrue(complaint(file).contains("chmod 600"), complaint(file));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    try (JournalServer own = JournalServer.start(journal, Binding.of(null, 0, file))) {
      assertTrue(own.url().endsWith("/?token=" + token), own.url());
      assertWants(token, new RawClient(own.url()));
    }
    Files.writeString(file, "short");
    assertTrue(complaint(file).contains("22 to 256"), complaint(file));
  }

  private static String complaint(final Path file) {
    return assertThrows(IOException.class, () -> Binding.of(null, 0, file)).getMessage();
  }

  @Test
  void shouldSayWhichPortIsTaken() {
    final String port = Integer.toString(client.port());
    Cli.run("serve", "--journal", journal, "--port", port)
        .exits(1)
        .complains("port " + port, "choose another port");
  }

  @Test
  void shouldRefuseWhatItCannotServe() {
    Cli.run("serve", "--journal", folder.resolve("none")).exits(3);
    Cli.run("serve", "--journal", journal, "--port", "70000").exits(2).complains("port 70000");
    Cli.run(
            "run",
            "--feed",
            folder.resolve("group.feed"),
            "--journal",
            folder.resolve("x"),
            "--listen",
            "0.0.0.0")
        .exits(2)
        .complains("add --serve");
    Cli.run("live", "--venue", "bybit", "--symbols", "BTCUSDT", "--share", folder, "--serve=0")
        .exits(2)
        .complains("--serve shows a journal: add --journal");
  }
}
