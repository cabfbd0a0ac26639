package io.liqmap.backfill;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceSplit;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** All feed files, as the source's one piece of work. */
record FeedSplit(List<String> files)
    implements IteratorSourceSplit<Tuple2<String, byte[]>, Iterator<Tuple2<String, byte[]>>>,
        Serializable {
  /**
   * Bytes of an element, which fill the buffers between source and market: a checkpoint follows the
   * days that wait there, so there has to be room for few.
   */
  private static final int ROOM = 1 << 18;

  FeedSplit {
    files = new ArrayList<>(files);
  }

  @Override
  public String splitId() {
    return "feeds";
  }

  @Override
  public Iterator<Tuple2<String, byte[]>> getIterator() {
    final FileDays days = new FileDays(files);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return days.hasNext();
      }

      @Override
      public Tuple2<String, byte[]> next() {
        final FileDay day = days.next();
        final byte[] bytes = day.encode();
        return Tuple2.of(day.name().toString(), Arrays.copyOf(bytes, Math.max(bytes.length, ROOM)));
      }
    };
  }

  @Override
  public FeedSplit getUpdatedSplitForIterator(final Iterator<Tuple2<String, byte[]>> iterator) {
    return this;
  }

  private void write(final DataOutputStream out) throws IOException {
    out.writeInt(files.size());
    for (final String file : files) {
      out.writeUTF(file);
    }
  }

  private static FeedSplit read(final DataInputStream in) throws IOException {
    final List<String> files = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      files.add(in.readUTF());
    }
    return new FeedSplit(files);
  }

  /** Of one. */
  static final class Serializer implements SimpleVersionedSerializer<FeedSplit> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(final FeedSplit split) throws IOException {
      final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      split.write(new DataOutputStream(bytes));
      return bytes.toByteArray();
    }

    @Override
    public FeedSplit deserialize(final int version, final byte[] bytes) throws IOException {
      return read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
  }

  /** Of those that aren't given out yet. */
  static final class ListSerializer implements SimpleVersionedSerializer<Collection<FeedSplit>> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(final Collection<FeedSplit> splits) throws IOException {
      final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      final DataOutputStream out = new DataOutputStream(bytes);
      out.writeInt(splits.size());
      for (final FeedSplit split : splits) {
        split.write(out);
      }
      return bytes.toByteArray();
    }

    @Override
    public Collection<FeedSplit> deserialize(final int version, final byte[] bytes)
        throws IOException {
      final DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      final List<FeedSplit> splits = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        splits.add(read(in));
      }
      return splits;
    }
  }
}
