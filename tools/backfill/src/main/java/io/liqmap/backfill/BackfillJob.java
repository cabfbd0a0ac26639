package io.liqmap.backfill;

import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job, wherever it runs.
 *
 * <pre>
 *   feed files ──▶ days (one source) ──▶ by instrument ──▶ market, with its snapshot as state ──▶ results
 *                                                              └──▶ files of the day
 * </pre>
 */
final class BackfillJob {
  /** An instrument's name, and a record's bytes. */
  static final TypeInformation<Tuple2<String, byte[]>> NAMED_BYTES =
      Types.TUPLE(Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  static final String NAME = "liqmap backfill";

  /** Most parts that keyed state can be divided among, now and after a savepoint. */
  static final int MOST_PARALLEL = 4_096;

  private BackfillJob() {}

  /**
   * Adds the job to an environment.
   *
   * @param feeds files
   * @return results, encoded: days of an instrument in their order
   */
  static DataStream<Tuple2<String, byte[]>> build(
      final StreamExecutionEnvironment environment,
      final List<String> feeds,
      final BackfillOptions options) {
    environment.setMaxParallelism(MOST_PARALLEL);
    // A day takes long: none may wait in a buffer, where a savepoint would wait for it.
    environment.setBufferTimeout(0);
    return environment
        .fromSource(new FileDaySource(feeds), WatermarkStrategy.noWatermarks(), "days")
        .setParallelism(1)
        .uid("days")
        .keyBy((element) -> element.f0, Types.STRING)
        .process(new DayFunction(options), NAMED_BYTES)
        .name("market")
        .uid("market");
  }
}
