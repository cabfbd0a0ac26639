package io.liqmap.backfill;

import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceEnumerator;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceReader;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Days of feed files as elements, each with its instrument's name; to be used with a parallelism of
 * 1. Keeps no position: after a restart it begins again, and days that were computed are passed
 * over where their state is.
 */
final class FileDaySource
    implements Source<Tuple2<String, byte[]>, FeedSplit, Collection<FeedSplit>>,
        ResultTypeQueryable<Tuple2<String, byte[]>> {
  private static final long serialVersionUID = 1;

  private final FeedSplit all;

  FileDaySource(final List<String> feeds) {
    all = new FeedSplit(feeds);
  }

  @Override
  public TypeInformation<Tuple2<String, byte[]>> getProducedType() {
    return BackfillJob.NAMED_BYTES;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SourceReader<Tuple2<String, byte[]>, FeedSplit> createReader(
      final SourceReaderContext context) {
    return new IteratorSourceReader<>(context);
  }

  @Override
  public SplitEnumerator<FeedSplit, Collection<FeedSplit>> createEnumerator(
      final SplitEnumeratorContext<FeedSplit> context) {
    return new IteratorSourceEnumerator<>(context, List.of(all));
  }

  @Override
  public SplitEnumerator<FeedSplit, Collection<FeedSplit>> restoreEnumerator(
      final SplitEnumeratorContext<FeedSplit> context, final Collection<FeedSplit> checkpoint) {
    return new IteratorSourceEnumerator<>(context, checkpoint);
  }

  @Override
  public SimpleVersionedSerializer<FeedSplit> getSplitSerializer() {
    return new FeedSplit.Serializer();
  }

  @Override
  public SimpleVersionedSerializer<Collection<FeedSplit>> getEnumeratorCheckpointSerializer() {
    return new FeedSplit.ListSerializer();
  }
}
