package io.liqmap.cluster;

import static io.aeron.AeronCounters.CLUSTER_ELECTION_STATE_TYPE_ID;
import static io.aeron.AeronCounters.CLUSTER_NODE_ROLE_TYPE_ID;

import io.aeron.CncFileDescriptor;
import io.aeron.cluster.ElectionState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.status.CountersReader;

/** What a member's media driver counts, read from outside: its role, and whether it elects. */
final class MemberCounters {
  private static final long LEADER = 2;
  private static final long NO_ELECTION = ElectionState.CLOSED.code();

  private final Path file;
  private final Object key;
  private final CountersReader counters;

  private MemberCounters(final Path file, final Object key, final CountersReader counters) {
    this.file = file;
    this.key = key;
    this.counters = counters;
  }

  private static Object key(final Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /** Whether the driver has made another file since: it was started again. */
  boolean isReplaced() {
    try {
      return !key.equals(key(file));
    } catch (final IOException e) {
      return true;
    }
  }

  /** Of a driver that a process started; null as long as it hasn't made its file. */
  static MemberCounters of(final Path driver, final long pid) {
    final Path file = driver.resolve(CncFileDescriptor.CNC_FILE);
    try {
      if (!Files.exists(file) || Files.size(file) < CncFileDescriptor.META_DATA_LENGTH) {
        return null;
      }
      try (FileChannel channel = FileChannel.open(file)) {
        final MappedByteBuffer bytes =
            channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        final DirectBuffer meta = CncFileDescriptor.createMetaDataBuffer(bytes);
        if (meta.getInt(CncFileDescriptor.cncVersionOffset(0)) == 0
            || CncFileDescriptor.pid(meta) != pid) {
          return null;
        }
        return new MemberCounters(
            file,
            key(file),
            new CountersReader(
                CncFileDescriptor.createCountersMetaDataBuffer(bytes, meta),
                CncFileDescriptor.createCountersValuesBuffer(bytes, meta)));
      }
    } catch (final NoSuchFileException e) {
      return null;
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isLeader() {
    return value(CLUSTER_NODE_ROLE_TYPE_ID) == LEADER
        && value(CLUSTER_ELECTION_STATE_TYPE_ID) == NO_ELECTION;
  }

  boolean hasJoined() {
    return value(CLUSTER_ELECTION_STATE_TYPE_ID) == NO_ELECTION;
  }

  /** Of the only counter of a type; -1 if there is none. */
  private long value(final int type) {
    for (int id = 0; id <= counters.maxCounterId(); id++) {
      if (counters.getCounterState(id) == CountersReader.RECORD_ALLOCATED
          && counters.getCounterTypeId(id) == type) {
        return counters.getCounterValue(id);
      }
    }
    return -1;
  }
}
