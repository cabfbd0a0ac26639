package io.liqmap.engine.core.structure;

import static io.liqmap.engine.core.structure.StructureFixture.decode;
import static io.liqmap.engine.core.structure.StructureFixture.decodeInto;
import static io.liqmap.engine.core.structure.StructureFixture.encode;
import static io.liqmap.engine.core.structure.StructureFixture.structure;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.liqmap.engine.support.Damage;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The structure as bytes, and what it allocates. */
final class StructureStateTest {
  private static final int EVENTS = 200_000;
  private static final int WARM_UP_ROUNDS = 4;

  @Test
  void shouldDecodeEmpty() {
    final byte[] bytes = encode(structure());
    assertArrayEquals(bytes, encode(decode(bytes)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldResumeAtAnyPointAsIfUninterrupted(final long seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    final RandomPath path = new RandomPath(seed, true);
    final Structure unbroken = structure();
    Structure restored = structure();
    for (int i = 0; i < 50_000; i++) {
      path.next();
      path.apply(unbroken);
      path.apply(restored);
      if (i < 50 || random.nextInt(1_000) == 0) {
        final byte[] bytes = encode(restored);
        restored = decode(bytes);
        assertArrayEquals(bytes, encode(restored));
      }
    }
    assertArrayEquals(encode(unbroken), encode(restored));
    assertEquals(unbroken.snapshot(), restored.snapshot());
  }

  @Test
  void shouldForgetWhatWasBeforeARestore() {
    final RandomPath path = new RandomPath(5, true);
    final Structure used = structure();
    used.onTime(StructureFixture.START);
    for (int i = 0; i < 10_000; i++) {
      path.next();
      path.apply(used);
    }
    final RandomPath other = new RandomPath(6, false);
    final Structure brief = structure();
    for (int i = 0; i < 500; i++) {
      other.next();
      other.apply(brief);
    }
    final byte[] bytes = encode(brief);
    decodeInto(used, bytes);
    assertArrayEquals(bytes, encode(used));
    for (int i = 0; i < 10_000; i++) {
      other.next();
      other.apply(brief);
      other.apply(used);
    }
    assertArrayEquals(encode(brief), encode(used));
    decodeInto(used, encode(structure()));
    assertArrayEquals(encode(structure()), encode(used));
  }

  @Test
  void shouldRefuseAStateThatEndsTooEarly() {
    final byte[] bytes = sample();
    for (int length = 0; length < bytes.length; length += 8) {
      final byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(IllegalStateException.class, () -> decode(cut));
    }
  }

  /** Whatever the bytes are: refused, or taken as a state that works and comes back the same. */
  @Test
  void shouldRefuseOrSurviveDamagedBytes() {
    final byte[] bytes = sample();
    final SplittableRandom random = new SplittableRandom(9);
    int refused = 0;
    for (int round = 0; round < 5_000; round++) {
      final byte[] damaged = bytes.clone();
      final ByteBuffer longs = ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN);
      // Profile cells fill the middle; the rest lies at either end.
      final int place = random.nextInt(64) * 8;
      final int at = random.nextBoolean() ? place : damaged.length - 8 - place;
      longs.putLong(at, Damage.number(random, longs.getLong(at)));
      try {
        final Structure taken = decode(damaged);
        assertArrayEquals(damaged, encode(taken));
        useUp(taken, round);
      } catch (final IllegalStateException expected) {
        refused++;
      }
    }
    assertTrue(refused > 1_500, "only " + refused + " refused");
  }

  private static void useUp(final Structure structure, final long seed) {
    final RandomPath path = new RandomPath(seed, true);
    for (int i = 0; i < 20; i++) {
      path.next();
      path.apply(structure);
    }
    assertTrue(structure.snapshot().volume() > 0);
    final byte[] bytes = encode(structure);
    assertArrayEquals(bytes, encode(decode(bytes)));
  }

  private static byte[] sample() {
    final RandomPath path = new RandomPath(8, false);
    final Structure structure = structure();
    for (int i = 0; i < 5_000; i++) {
      path.next();
      path.apply(structure);
    }
    return encode(structure);
  }

  /** With a half-life of a minute, a block ends every hour or so. */
  @Tag("alone")
  @ParameterizedTest
  @ValueSource(longs = {StructureFixture.MINUTE, StructureFixture.DAY})
  void shouldAllocateNothingPerEvent(final long halfLife) {
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    final Structure structure =
        new Structure(StructureFixture.settings(halfLife), StructureFixture.LATTICE);
    final RandomPath path = new RandomPath(10, false);
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      run(structure, path);
      threads.getCurrentThreadAllocatedBytes();
    }
    final long before = threads.getCurrentThreadAllocatedBytes();
    run(structure, path);
    final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertEquals(0, allocated, "bytes allocated over " + EVENTS + " events");
  }

  private static void run(final Structure structure, final RandomPath path) {
    for (int i = 0; i < EVENTS; i++) {
      path.next();
      path.apply(structure);
    }
  }
}
