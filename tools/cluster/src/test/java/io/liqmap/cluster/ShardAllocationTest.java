package io.liqmap.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.liqmap.cluster.protocol.BeginSessionEncoder;
import io.liqmap.cluster.protocol.MessageHeaderEncoder;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.settings.EngineConfig;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** In its steady state, a member allocates nothing from a command to the map and its answer. */
final class ShardAllocationTest {
  private static final EngineSettings SETTINGS =
      EngineConfig.defaults().withMode(ThreadingMode.INLINE);
  private static final long SESSION = 1;
  private static final int EVENTS = 300_000;
  private static final int WARM = 200_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void shouldAllocateNothingPerCommand() throws Exception {
    final MeasuredFlow flow = new MeasuredFlow(EVENTS);
    final List<Piece> warm = pieces(flow, 0, WARM);
    final List<Piece> measured = pieces(flow, WARM, EVENTS);
    try (ShardMachine machine = ShardMachine.start(SETTINGS, null, Outputs.NONE)) {
      begin(machine);
      apply(machine, warm);
      threads.getCurrentThreadAllocatedBytes();
      final long before = threads.getCurrentThreadAllocatedBytes();
      apply(machine, measured);
      final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertEquals(EVENTS, machine.lastSequence());
      assertEquals(0, machine.refused());
      assertEquals(0, allocated, "bytes allocated over " + measured.size() + " commands");
    }
  }

  private static List<Piece> pieces(final MeasuredFlow flow, final int first, final int end) {
    final List<Piece> pieces = new ArrayList<>();
    for (int next = first; next < end; ) {
      final int pieceEnd = flow.pieceEnd(next, end, Piece.BYTES);
      final Piece piece = new Piece();
      piece.begin(next);
      for (; next < pieceEnd; next++) {
        piece.add(flow.frames(), flow.start(next), flow.start(next + 1) - flow.start(next), 0);
      }
      piece.finish(SESSION);
      pieces.add(piece);
    }
    return pieces;
  }

  private static void begin(final ShardMachine machine) throws Exception {
    final UnsafeBuffer command = new UnsafeBuffer(new byte[64]);
    final int length =
        new BeginSessionEncoder()
            .wrapAndApplyHeader(command, 0, new MessageHeaderEncoder())
            .session(SESSION)
            .limit();
    machine.onCommand(command, 0, length);
  }

  private static void apply(final ShardMachine machine, final List<Piece> pieces) throws Exception {
    for (int i = 0; i < pieces.size(); i++) {
      machine.onCommand(pieces.get(i).buffer(), 0, pieces.get(i).length());
    }
  }
}
