package io.liqmap.benchmarks;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.benchmarks.jmh.DecodeBenchmark;
import io.liqmap.benchmarks.jmh.FrameBenchmark;
import io.liqmap.benchmarks.jmh.JournalAppendBenchmark;
import io.liqmap.benchmarks.jmh.LatticeBenchmark;
import io.liqmap.benchmarks.jmh.MapUpdateBenchmark;
import io.liqmap.benchmarks.jmh.ModelCostBenchmark;
import io.liqmap.benchmarks.jmh.QuestionBenchmark;
import io.liqmap.benchmarks.jmh.SbeFrameBenchmark;
import io.liqmap.benchmarks.jmh.SnapshotBenchmark;
import io.liqmap.benchmarks.jmh.SweepBenchmark;
import io.liqmap.benchmarks.jmh.ViewBenchmark;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchmarkListTest {
  @Test
  void shouldListBenchmarks() throws Exception {
    assertTrue(!list().isBlank());
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        DecodeBenchmark.class,
        FrameBenchmark.class,
        SbeFrameBenchmark.class,
        LatticeBenchmark.class,
        MapUpdateBenchmark.class,
        ModelCostBenchmark.class,
        SweepBenchmark.class,
        SnapshotBenchmark.class,
        JournalAppendBenchmark.class,
        ViewBenchmark.class,
        QuestionBenchmark.class
      })
  void shouldListEachClass(final Class<?> benchmarks) throws Exception {
    assertTrue(list().contains(benchmarks.getName()));
  }

  private static String list() throws Exception {
    try (InputStream list = Benchmarks.class.getResourceAsStream("/META-INF/BenchmarkList")) {
      assertNotNull(list, "JMH's annotation processor didn't run");
      return new String(list.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
