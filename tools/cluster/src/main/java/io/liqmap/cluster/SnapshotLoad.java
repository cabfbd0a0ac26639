package io.liqmap.cluster;

import io.aeron.FragmentAssembler;
import io.aeron.Image;
import io.aeron.logbuffer.Header;
import io.liqmap.cluster.protocol.MessageHeaderDecoder;
import io.liqmap.cluster.protocol.SnapshotHeadDecoder;
import io.liqmap.cluster.protocol.SnapshotPieceDecoder;
import io.liqmap.engine.core.state.StateReader;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads what a {@link SnapshotWriter} wrote, and checks it. One thread. */
final class SnapshotLoad {
  private static final int FRAGMENTS = 64;
  private static final int NO_HEAD = -1;

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final SnapshotHeadDecoder head = new SnapshotHeadDecoder();
  private final SnapshotPieceDecoder piece = new SnapshotPieceDecoder();
  private byte[] state;
  private int length = NO_HEAD;
  private int received;
  private int checksum;
  private long settings;
  private long stateHash;

  /**
   * Reads a snapshot to its end.
   *
   * @throws IllegalStateException if it is cut off or damaged, or was made with other settings
   */
  void read(final Image image, final IdleStrategy idle, final long ownSettings) {
    final FragmentAssembler assembler = new FragmentAssembler(this::onMessage);
    while (length == NO_HEAD || received < length) {
      final int fragments = image.poll(assembler, FRAGMENTS);
      if (fragments == 0 && (image.isClosed() || image.isEndOfStream())) {
        throw flaw("ends after " + received + " of " + length + " bytes");
      }
      idle.idle(fragments);
    }
    final CRC32C found = new CRC32C();
    found.update(state, 0, length);
    if ((int) found.getValue() != checksum) {
      throw flaw("has another checksum than its head says");
    }
    if (settings != ownSettings) {
      throw new IllegalStateException(
          "the last snapshot was made with other settings of what decides the state (models, brackets, max-instruments,"
              + " …): start with the ones before");
    }
  }

  private void onMessage(
      final DirectBuffer buffer, final int offset, final int bytes, final Header position) {
    header.wrap(buffer, offset);
    if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID) {
      throw flaw("has a message of schema " + header.schemaId());
    }
    if (header.templateId() == SnapshotHeadDecoder.TEMPLATE_ID) {
      head.wrapAndApplyHeader(buffer, offset, header);
      length = (int) Math.min(Integer.MAX_VALUE - 8, head.length());
      state = new byte[length];
      checksum = head.checksum();
      settings = head.settings();
      stateHash = head.stateHash();
    } else if (header.templateId() == SnapshotPieceDecoder.TEMPLATE_ID) {
      piece.wrapAndApplyHeader(buffer, offset, header);
      final int size = piece.pieceLength();
      if (length == NO_HEAD || piece.start() != received || size > length - received) {
        throw flaw("has a piece at " + piece.start() + " where byte " + received + " is due");
      }
      piece.getPiece(state, received, size);
      received += size;
    }
  }

  private static IllegalStateException flaw(final String what) {
    return new IllegalStateException(
        "the last snapshot "
            + what
            + ": remove this member's folder, so that it takes state and log from the others");
  }

  /** The state, for {@link ShardMachine#start}. */
  StateReader state() {
    return new StateReader(new UnsafeBuffer(state), 0, length);
  }

  /**
   * Compares the state that was made of it.
   *
   * @throws IllegalStateException if it is another
   */
  void verify(final long hash) {
    if (hash != stateHash) {
      throw flaw("gives another state than the one that it was made of");
    }
  }
}
