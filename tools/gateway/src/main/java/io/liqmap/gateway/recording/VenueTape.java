package io.liqmap.gateway.recording;

import io.liqmap.gateway.feed.FrameTape;
import java.nio.charset.StandardCharsets;

/** One venue's lines of a recording. The feed's thread. */
final class VenueTape implements FrameTape {
  private final Recorder recorder;
  private final String venue;
  private final String session;
  private Chunk chunk;

  VenueTape(final Recorder recorder, final String venue, final String session) {
    this.recorder = recorder;
    this.venue = venue;
    this.session = session;
  }

  String venue() {
    return venue;
  }

  @Override
  public void start(final long time) {
    mark(time, "#start " + session);
  }

  @Override
  public void opened(final long time, final String connection) {
    mark(time, "#opened " + connection);
  }

  @Override
  public void lost(final long time, final String connection, final String reason) {
    mark(time, "#lost " + connection + " " + reason);
  }

  private void mark(final long time, final String text) {
    final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    frame(time, bytes, 0, bytes.length);
  }

  @Override
  public void frame(final long time, final byte[] frame, final int offset, final int length) {
    if (chunk != null
        && (!chunk.hasRoom(length) || chunk.hour() != time / RecordingName.HOUR_NANOS)) {
      hand();
    }
    if (chunk == null) {
      chunk = recorder.free();
      if (chunk == null) {
        return;
      }
      chunk.begin(this, time);
    }
    chunk.add(time, frame, offset, length);
  }

  /** Writes what is older than a time. */
  void flush(final long olderThan) {
    if (chunk != null && chunk.firstTime() < olderThan) {
      hand();
    }
  }

  private void hand() {
    recorder.write(chunk);
    chunk = null;
  }
}
