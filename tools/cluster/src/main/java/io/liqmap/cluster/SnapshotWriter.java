package io.liqmap.cluster;

import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.liqmap.cluster.protocol.MessageHeaderEncoder;
import io.liqmap.cluster.protocol.SnapshotHeadEncoder;
import io.liqmap.cluster.protocol.SnapshotPieceEncoder;
import io.liqmap.engine.core.state.StateWriter;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes a shard's state as a snapshot of the cluster: a head, then pieces. One thread. */
final class SnapshotWriter {
  static final int PIECE = 32 << 10;

  private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

  private final ExclusivePublication publication;
  private final IdleStrategy idle;
  private final UnsafeBuffer message =
      new UnsafeBuffer(
          new byte
              [HEADER
                  + SnapshotPieceEncoder.BLOCK_LENGTH
                  + SnapshotPieceEncoder.pieceHeaderLength()
                  + PIECE]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();

  SnapshotWriter(final ExclusivePublication publication, final IdleStrategy idle) {
    this.publication = publication;
    this.idle = idle;
  }

  /**
   * Writes it all.
   *
   * @throws IllegalStateException if the cluster takes no more
   */
  void write(final ShardMachine machine, final long settings) {
    final StateWriter out = new StateWriter(new ExpandableArrayBuffer());
    machine.snapshot(out);
    final DirectBuffer state = out.buffer();
    final int length = out.position();
    final CRC32C checksum = new CRC32C();
    checksum.update(state.byteArray(), 0, length);
    final SnapshotHeadEncoder head = new SnapshotHeadEncoder();
    head.wrapAndApplyHeader(message, 0, header)
        .length(length)
        .checksum((int) checksum.getValue())
        .settings(settings)
        .stateHash(machine.state().stateHash());
    offer(HEADER + head.encodedLength());
    final SnapshotPieceEncoder piece = new SnapshotPieceEncoder();
    for (int start = 0; start < length; start += PIECE) {
      piece
          .wrapAndApplyHeader(message, 0, header)
          .start(start)
          .putPiece(state, start, Math.min(PIECE, length - start));
      offer(HEADER + piece.encodedLength());
    }
  }

  private void offer(final int length) {
    idle.reset();
    long result = publication.offer(message, 0, length);
    while (result < 0) {
      if (result != Publication.BACK_PRESSURED
          && result != Publication.ADMIN_ACTION
          && result != Publication.NOT_CONNECTED) {
        throw new IllegalStateException(
            "writing the snapshot failed: " + Publication.errorString(result));
      }
      idle.idle();
      result = publication.offer(message, 0, length);
    }
  }
}
