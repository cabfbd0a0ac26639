package io.liqmap.cluster;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A member of each shard's cluster. A shard takes six ports of it, from {@link #port} on, the next
 * shard those from 10 further on.
 *
 * <pre>
 *   +0 commands   +1 consensus   +2 log   +3 catching up   +4 archive   +5 status
 * </pre>
 *
 * @param id place in the settings, from 0
 * @param host name or address where the others reach it
 * @param port first port
 */
record Member(int id, String host, int port) {
  static final int PORTS = 6;
  static final int PORTS_APART = 10;

  /** Names and addresses alone: a name may begin with 127 too. */
  private static final Pattern LOOPBACK = Pattern.compile("localhost|::1|127(\\.[0-9]{1,3}){3}");

  private static final int COMMANDS = 0;
  private static final int CONSENSUS = 1;
  private static final int LOG = 2;
  private static final int CATCH_UP = 3;
  private static final int ARCHIVE = 4;
  private static final int STATUS = 5;

  private String endpoint(final Shard shard, final int which) {
    return bracketed(host) + ":" + port(shard, which);
  }

  /**
   * A port of a shard.
   *
   * @param which of the six, from 0
   */
  int port(final Shard shard, final int which) {
    return port + shard.number() * PORTS_APART + which;
  }

  private static String bracketed(final String host) {
    return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }

  boolean isLoopback() {
    return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  /** A channel to this member with any free port of its own. */
  String anyPort() {
    return anyPort(host);
  }

  /** A channel to a machine with any free port of its own. */
  static String anyPort(final String host) {
    return "aeron:udp?endpoint=" + bracketed(host) + ":0";
  }

  String archiveChannel(final Shard shard) {
    return "aeron:udp?endpoint=" + endpoint(shard, ARCHIVE);
  }

  String statusEndpoint(final Shard shard) {
    return endpoint(shard, STATUS);
  }

  /** All members as a consensus module wants them. */
  static String cluster(final List<Member> members, final Shard shard) {
    return members.stream()
        .map(
            (member) ->
                String.join(
                    ",",
                    Integer.toString(member.id),
                    member.endpoint(shard, COMMANDS),
                    member.endpoint(shard, CONSENSUS),
                    member.endpoint(shard, LOG),
                    member.endpoint(shard, CATCH_UP),
                    member.endpoint(shard, ARCHIVE)))
        .collect(Collectors.joining("|"));
  }

  /** Where clients send commands. */
  static String ingress(final List<Member> members, final Shard shard) {
    return members.stream()
        .map((member) -> member.id + "=" + member.endpoint(shard, COMMANDS))
        .collect(Collectors.joining(","));
  }
}
