package io.liqmap.gateway.connection;

import io.liqmap.gateway.feed.StreamTimes;
import io.liqmap.gateway.venue.ControlSink;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A place for one attempt after another. The feed's thread tells it what frames say about the
 * connection, which reaches the attempt on the gateway's.
 */
final class Slot implements ControlSink {
  private final StreamTimes streams;
  private final Executor gateway;
  private int origin;
  private Attempt attempt;

  Slot(final StreamTimes streams, final Executor gateway) {
    this.streams = streams;
    this.gateway = gateway;
  }

  void origin(final int number) {
    origin = number;
  }

  int origin() {
    return origin;
  }

  StreamTimes streams() {
    return streams;
  }

  void attempt(final Attempt next) {
    attempt = next;
  }

  private void tell(final Consumer<Attempt> what) {
    gateway.execute(
        () -> {
          if (attempt != null) {
            what.accept(attempt);
          }
        });
  }

  @Override
  public void acknowledged(final String subscription) {
    tell((it) -> it.acknowledged(subscription));
  }

  @Override
  public void refused(final String reason) {
    tell((it) -> it.refused(reason));
  }

  @Override
  public void pong() {
    tell(Attempt::pong);
  }

  @Override
  public void closingSoon(final String notice) {
    tell((it) -> it.closingSoon(notice));
  }
}
