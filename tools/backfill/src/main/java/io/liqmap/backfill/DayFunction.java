package io.liqmap.backfill;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Computes an instrument's days in their order; its state between two days is the job's. */
final class DayFunction
    extends KeyedProcessFunction<String, Tuple2<String, byte[]>, Tuple2<String, byte[]>> {
  private static final long serialVersionUID = 1;

  private final BackfillOptions options;
  private transient DayWorker worker;
  private transient ValueState<byte[]> state;

  DayFunction(final BackfillOptions options) {
    this.options = options;
  }

  @Override
  public void open(final OpenContext context) {
    worker = new DayWorker(options);
    state =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "market", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  @Override
  public void processElement(
      final Tuple2<String, byte[]> element,
      final Context context,
      final Collector<Tuple2<String, byte[]>> out)
      throws Exception {
    final byte[] before = state.value();
    final DayWorker.Done done =
        worker.process(
            FileDay.decode(element.f1), before == null ? KeyState.none() : KeyState.decode(before));
    state.update(done.state().encode());
    out.collect(Tuple2.of(element.f0, done.result().encode()));
  }

  @Override
  public void close() {
    if (worker != null) {
      worker.close();
    }
  }
}
