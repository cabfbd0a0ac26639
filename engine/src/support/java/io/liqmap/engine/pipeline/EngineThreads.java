package io.liqmap.engine.pipeline;

import java.util.List;

/** Threads that engines started. */
final class EngineThreads {
  private EngineThreads() {}

  /** Names of those that live. */
  static List<String> alive() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter((name) -> name.startsWith("liqmap-"))
        .toList();
  }
}
