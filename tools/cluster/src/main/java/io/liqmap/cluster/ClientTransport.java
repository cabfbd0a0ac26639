package io.liqmap.cluster;

import io.aeron.Aeron;
import io.aeron.CommonContext;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.BackoffIdleStrategy;

/** The transport of a client, in this process, with files of its own that its end removes. */
final class ClientTransport implements AutoCloseable {
  private final MediaDriver driver;
  private final Aeron aeron;

  private ClientTransport(final MediaDriver driver, final Aeron aeron) {
    this.driver = driver;
    this.aeron = aeron;
  }

  static ClientTransport launch() {
    final MediaDriver driver =
        MediaDriver.launch(
            new MediaDriver.Context()
                .aeronDirectoryName(CommonContext.generateRandomDirName())
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .termBufferSparseFile(true)
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(
                    new BackoffIdleStrategy(
                        10,
                        10,
                        TimeUnit.MICROSECONDS.toNanos(10),
                        TimeUnit.MILLISECONDS.toNanos(1))));
    try {
      return new ClientTransport(
          driver,
          Aeron.connect(
              new Aeron.Context()
                  .aeronDirectoryName(driver.aeronDirectoryName())
                  .errorHandler((error) -> {})));
    } catch (final RuntimeException e) {
      driver.close();
      throw e;
    }
  }

  Aeron aeron() {
    return aeron;
  }

  @Override
  public void close() {
    CloseHelper.quietCloseAll(aeron, driver);
  }
}
