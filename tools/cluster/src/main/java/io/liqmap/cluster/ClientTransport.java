package io.liqmap.cluster;

import io.aeron.Aeron;
import io.aeron.CommonContext;
import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.client.EgressListener;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import org.agrona.CloseHelper;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/** The transport of a client, in this process, with files of its own that its end removes. */
final class ClientTransport implements AutoCloseable {
  private final MediaDriver driver;
  private final Aeron aeron;

  private ClientTransport(final MediaDriver driver, final Aeron aeron) {
    this.driver = driver;
    this.aeron = aeron;
  }

  /** For some requests, or to listen. */
  static ClientTransport launch() {
    return launch(new SleepingMillisIdleStrategy());
  }

  /**
   * The same for a feed.
   *
   * @param idle how its thread waits
   */
  static ClientTransport launch(final IdleStrategy idle) {
    final MediaDriver driver =
        MediaDriver.launch(
            new MediaDriver.Context()
                .aeronDirectoryName(CommonContext.generateRandomDirName())
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .termBufferSparseFile(true)
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(idle));
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

  /**
   * What a client of a shard's cluster connects with; its time limits are to be set.
   *
   * @param answersTo channel that members send answers to
   */
  AeronCluster.Context client(
      final ClusterSettings settings,
      final Shard shard,
      final String answersTo,
      final EgressListener listener) {
    return new AeronCluster.Context()
        .aeron(aeron)
        .ownsAeronClient(false)
        .ingressChannel(NodeContexts.COMMAND_CHANNEL)
        .ingressEndpoints(Member.ingress(settings.members(), shard))
        .egressChannel(answersTo)
        .egressListener(listener)
        .errorHandler((error) -> {});
  }

  Aeron aeron() {
    return aeron;
  }

  @Override
  public void close() {
    CloseHelper.quietCloseAll(aeron, driver);
  }
}
