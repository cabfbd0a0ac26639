package io.liqmap.gateway.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.liqmap.gateway.feed.VenueCounter;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that has the right name and a certificate of its own making. */
@Timeout(120)
final class CertificateTest {
  private static final long MS = 1_000_000;
  private static final String PASSWORD = "of-a-test";

  @TempDir private Path folder;

  private SSLContext selfSigned() throws Exception {
    final Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    assumeTrue(Files.isExecutable(keytool), "skipped: no keytool");
    final Path keys = folder.resolve("keys.p12");
    final Process made =
        new ProcessBuilder(
                keytool.toString(),
                "-genkeypair",
                "-keystore",
                keys.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.out").toFile())
            .start();
    assertEquals(0, made.waitFor(), () -> "keytool failed");
    final KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    final KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    final SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void shouldNotTalkToAServerWhoseCertificateNoAuthoritySigned() throws Exception {
    try (MockVenue server = new MockVenue(selfSigned().getServerSocketFactory());
        LiveRun run = new LiveRun()) {
      server
          .onSocket(MockVenue.Session::accept)
          .onRequest((session) -> session.reply(200, "", "interest 7 1"));
      final String at = "://127.0.0.1:" + server.port();
      run.reaches("plain", new VenueAccess("wss" + at, "https" + at, 1_000, MS, 1_000))
          .start(PlainVenue.of("plain", 0).withPoll(MS));

      run.awaitNotice("plain market: lost: TLS: ");
      run.awaitNotice("plain polls: no answer to ");
      run.awaitCounter(VenueCounter.REFUSED, 1);
      assertEquals(0, server.sockets() + server.requests());
    }
  }
}
