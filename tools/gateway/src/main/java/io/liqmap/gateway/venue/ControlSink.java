package io.liqmap.gateway.venue;

/** Takes what a frame says about its connection. One thread. */
public interface ControlSink {
  /** Ignores all of it, as where a recording is imported. */
  ControlSink NONE =
      new ControlSink() {
        @Override
        public void acknowledged(final String subscription) {
          // Nothing waits for it.
        }

        @Override
        public void refused(final String reason) {
          // Nothing was asked for.
        }

        @Override
        public void pong() {
          // Nothing was sent.
        }

        @Override
        public void closingSoon(final String notice) {
          // Nothing to open again.
        }
      };

  /**
   * The venue accepted a subscription.
   *
   * @param subscription the request's id or the stream's name, as the venue repeats it
   */
  void acknowledged(String subscription);

  /** The venue refused one, with its reason, at most 200 characters. */
  void refused(String reason);

  /** The answer to a ping of ours. */
  void pong();

  /** The venue will close the connection soon. */
  void closingSoon(String notice);
}
