package io.liqmap.benchmarks.bench;

/** Makes stages. */
final class Stages {
  private Stages() {}

  static Stage of(final Task task) throws Exception {
    return switch (task.work()) {
      case DECODE -> new DecodeStage(task);
      case ADAPTER -> new AdapterStage(task);
      case RING -> new RingStage(task);
      case INLINE, PIPELINED, INLINE_JOURNAL, PIPELINED_JOURNAL -> new EngineStage(task);
      case REPLAY -> new ReplayStage(task);
      case DOCUMENTS, MAPPED_FILE -> new AppendStage(task);
      case DOCUMENT_PATH -> new DocumentPathStage(task);
      case NAIVE_PATH -> new NaivePathStage(task);
      case PY_PATH -> new PyPathStage(task);
      case ARRAY_ADD -> new ArrayAddStage();
      case UPDATE -> new UpdateStage(task);
      case SWEEP -> new SweepStage(task);
      case INTERLEAVED -> new InterleavedStage(task);
      case INTERLEAVED_EVENTS -> new InterleavedEventsStage(task);
      case MAP_FLOW -> new MapFlowStage(task);
      case NAIVE_FLOW -> new NaiveFlowStage(task);
      case SNAPSHOT -> new SnapshotStage(task);
      case HOP -> new HopStage(task);
      case PIPELINED_VIEW, JOURNALED_VIEW, INLINE_VIEW, READER_VIEW -> new ViewStage(task);
      case SHARED_RING_HOP, SHARED_RING_VIEW -> new SharedRingStage(task);
      case COUNTER, PROCESS_VIEW -> new ProcessStage(task);
      case SCALE -> new ScaleStage(task);
    };
  }
}
