package io.liqmap.gateway.recording;

import io.liqmap.engine.files.HeldFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** A file of a recording that is written. One thread. */
final class TapeFile implements AutoCloseable {
  private final HeldFile held;
  private final FileChannel channel;
  private final long hour;
  private long end;

  /** Makes a file, or appends behind the last whole member of the one that is there. */
  TapeFile(final Path file, final long hour) throws IOException {
    this.hour = hour;
    held =
        Files.exists(file, LinkOption.NOFOLLOW_LINKS)
            ? HeldFile.acquire(file)
            : HeldFile.create(file);
    if (held == null) {
      throw new IOException(file + ": another process records there; choose another folder");
    }
    channel = held.channel();
    end = GzipMembers.end(channel);
    channel.truncate(end);
  }

  long hour() {
    return hour;
  }

  /** Appends a member, whole or not at all. */
  void append(final ByteBuffer member) throws IOException {
    long at = end;
    try {
      while (member.hasRemaining()) {
        at += channel.write(member, at);
      }
      end = at;
    } finally {
      if (at > end) {
        channel.truncate(end);
      }
    }
  }

  @Override
  public void close() throws IOException {
    held.close();
  }
}
