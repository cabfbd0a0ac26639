package io.liqmap.cluster;

import io.liqmap.engine.pipeline.EngineException;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.Replica;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.tools.hashes.HashLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What one engine alone makes of all frames that a client sent, each once.
 *
 * @param byEvents the state at every so many events
 * @param events at the end
 * @param hash at the end
 */
record ReplayedHashes(Map<Long, HashLog.Line> byEvents, long events, long hash) {
  /**
   * Replays them.
   *
   * @param file hashes are written to it
   */
  static ReplayedHashes of(
      final TestClient client, final EngineSettings settings, final Path file, final int hashEvery)
      throws IOException, EngineException {
    try (HashLog hashes = HashLog.open(file, hashEvery);
        Replica replica = Replica.start(settings, null, Outputs.to(hashes))) {
      final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
      for (int i = 0; i < client.blocks(); i++) {
        final byte[] bytes = client.block(i).bytes();
        buffer.wrap(bytes);
        replica.apply(buffer, 0, bytes.length, 0);
      }
      replica.flush();
      return new ReplayedHashes(
          HashLog.read(file), replica.state().events(), replica.state().stateHash());
    }
  }
}
