package io.liqmap.cluster;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Ports of loopback that are free in a row, below those that the system gives away. */
final class FreePorts {
  private static final int FROM = 12_000;
  private static final int TO = 32_000;

  private FreePorts() {}

  /** First ports of so many rows. */
  static List<Integer> rows(final int rows, final int length) {
    final SplittableRandom random = new SplittableRandom();
    final Set<Integer> firsts = new HashSet<>();
    while (firsts.size() < rows) {
      final int first = random.nextInt(FROM / length, TO / length) * length;
      if (areFree(first, length)) {
        firsts.add(first);
      }
    }
    return new ArrayList<>(firsts);
  }

  private static boolean areFree(final int first, final int length) {
    for (int i = 0; i < length; i++) {
      try (DatagramSocket socket =
          new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), first + i))) {
        if (!socket.isBound()) {
          return false;
        }
      } catch (final IOException e) {
        return false;
      }
    }
    return true;
  }
}
