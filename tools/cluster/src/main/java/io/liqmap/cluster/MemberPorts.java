package io.liqmap.cluster;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;

/** Says before a member starts why it can't listen: the transport does so in terms of its own. */
final class MemberPorts {
  private MemberPorts() {}

  /**
   * Requires that the host of a member is this machine, and its ports are free.
   *
   * @throws IOException if not
   */
  static void requireFree(final Member member, final Shard shard) throws IOException {
    final InetAddress host;
    try {
      host = InetAddress.getByName(member.host());
    } catch (final UnknownHostException e) {
      throw new IOException(
          member.host()
              + ": the host of member "
              + member.id()
              + " has no address that this machine knows; correct it in cluster.members",
          e);
    }
    for (int i = 0; i < Member.PORTS; i++) {
      final int port = member.port(shard, i);
      try (DatagramSocket socket = new DatagramSocket(null)) {
        socket.bind(new InetSocketAddress(host, port));
      } catch (final SocketException e) {
        throw new IOException(
            "UDP port "
                + port
                + " of "
                + member.host()
                + " isn't available to member "
                + member.id()
                + ": "
                + e.getMessage()
                + "; start the member on the machine that has the address, end what holds the port, or change"
                + " cluster.members on all members",
            e);
      }
    }
  }
}
