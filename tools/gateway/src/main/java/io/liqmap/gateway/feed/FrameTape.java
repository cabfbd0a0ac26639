package io.liqmap.gateway.feed;

/** Takes a venue's frames as received, with what decoding depends on beside them. One thread. */
public interface FrameTape {
  /** Keeps nothing. */
  FrameTape NONE =
      new FrameTape() {
        @Override
        public void start(final long time) {
          // Not recorded.
        }

        @Override
        public void frame(final long time, final byte[] frame, final int offset, final int length) {
          // Not recorded.
        }

        @Override
        public void opened(final long time, final String connection) {
          // Not recorded.
        }

        @Override
        public void lost(final long time, final String connection, final String reason) {
          // Not recorded.
        }
      };

  /** A session begins. */
  void start(long time);

  /** A frame, or the body of an answer. */
  void frame(long time, byte[] frame, int offset, int length);

  /** A connection was opened. */
  void opened(long time, String connection);

  /** A connection was lost. */
  void lost(long time, String connection, String reason);
}
