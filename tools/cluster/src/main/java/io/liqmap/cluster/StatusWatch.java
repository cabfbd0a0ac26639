package io.liqmap.cluster;

import io.aeron.Subscription;
import io.aeron.exceptions.RegistrationException;
import io.aeron.logbuffer.FragmentHandler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;

/** Listens to the status of all members of all shards. One thread. */
final class StatusWatch implements AutoCloseable {
  private static final int FRAGMENTS = 16;
  private static final long POLL_MILLIS = 20;

  private final ClientTransport transport = ClientTransport.launch();
  private final List<Listening> all = new ArrayList<>();
  private final Map<String, HeardStatus> heard = new LinkedHashMap<>();

  private record Listening(Subscription subscription, FragmentHandler handler) {}

  /**
   * Starts to listen.
   *
   * @param host address of this machine that members reach
   */
  StatusWatch(final ClusterSettings settings, final String host) {
    for (final Shard shard : settings.shards()) {
      for (final Member member : settings.members()) {
        listen(host, shard, member);
      }
    }
  }

  private void listen(final String host, final Shard shard, final Member member) {
    final String key = key(shard, member);
    final String channel =
        Member.anyPort(host) + "|control-mode=dynamic|control=" + member.statusEndpoint(shard);
    final Subscription subscription;
    try {
      subscription = transport.aeron().addSubscription(channel, StatusMessage.STREAM);
    } catch (final RegistrationException e) {
      // Its host has no address, as that of a machine that is gone: it is silent.
      return;
    }
    all.add(
        new Listening(
            subscription,
            (buffer, offset, length, header) -> {
              final HeardStatus status = HeardStatus.read(buffer, offset, length, shard, member);
              if (status != null) {
                heard.put(key, status);
              }
            }));
  }

  private static String key(final Shard shard, final Member member) {
    return shard.name() + "/" + member.id();
  }

  /** Listens for a time. */
  void listen(final long nanos) throws InterruptedException {
    final long start = System.nanoTime();
    do {
      all.forEach((one) -> one.subscription().poll(one.handler(), FRAGMENTS));
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } while (System.nanoTime() - start < nanos);
  }

  /** Listens until all members were heard, for a time at most. */
  void listenForAll(final long mostNanos) throws InterruptedException {
    final long start = System.nanoTime();
    while (heard.size() < all.size() && System.nanoTime() - start < mostNanos) {
      listen(0);
    }
  }

  /** What a member said last; null if nothing for too long. */
  HeardStatus heard(final Shard shard, final Member member, final long silenceNanos) {
    final HeardStatus status = heard.get(key(shard, member));
    return status != null && System.nanoTime() - status.heardNanos() < silenceNanos ? status : null;
  }

  @Override
  public void close() {
    all.forEach((one) -> CloseHelper.quietClose(one.subscription()));
    transport.close();
  }
}
