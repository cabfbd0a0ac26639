package io.liqmap.engine.core.structure;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.Arrays;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Settings, times and bytes that the tests of the structure share. */
final class StructureFixture {
  static final long SECOND = 1_000_000_000L;
  static final long MINUTE = 60 * SECOND;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;
  static final long START = 1_700_000_000L * SECOND / MINUTE * MINUTE;
  static final Lattice LATTICE = new Lattice(5);

  private StructureFixture() {}

  static StructureSettings settings() {
    return settings(DAY);
  }

  static StructureSettings settings(final long halfLife) {
    return new StructureSettings(
        halfLife, 0.7, List.of(50, 150, 500), List.of(HOUR, 6 * HOUR, DAY), 10);
  }

  static Structure structure() {
    return new Structure(settings(), LATTICE);
  }

  static Structure structure(final int... scales) {
    return new Structure(
        new StructureSettings(DAY, 0.7, Arrays.stream(scales).boxed().toList(), List.of(HOUR), 10),
        LATTICE);
  }

  static int bucket(final long price) {
    return LATTICE.bucketOf(price, -1);
  }

  static byte[] encode(final Structure structure) {
    final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    final StateWriter out = new StateWriter(buffer);
    structure.encode(out);
    return Arrays.copyOf(buffer.byteArray(), out.position());
  }

  static Structure decode(final byte[] bytes) {
    final Structure structure = structure();
    decodeInto(structure, bytes);
    return structure;
  }

  static void decodeInto(final Structure structure, final byte[] bytes) {
    structure.decode(new StateReader(new UnsafeBuffer(bytes), 0, bytes.length));
  }
}
