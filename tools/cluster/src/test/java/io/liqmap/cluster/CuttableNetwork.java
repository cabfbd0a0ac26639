package io.liqmap.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.liqmap.engine.support.Shell;
import java.util.ArrayList;
import java.util.List;

/**
 * A network that can be cut: a namespace for each member, a bridge between them and this one.
 *
 * <pre>
 *   member 0 ──┐
 *   member 1 ──┼── bridge ── this process
 *   member 2 ──┘
 * </pre>
 */
final class CuttableNetwork implements AutoCloseable {
  private static final String SKIPPED =
      "skipped: needs root and 'ip' with the right to make network namespaces";

  private final String name = "lq" + ProcessHandle.current().pid();
  private final String subnet = "10.213." + (ProcessHandle.current().pid() % 250 + 1) + ".";
  private final int members;

  private CuttableNetwork(final int members) {
    this.members = members;
  }

  /** Makes one; skips the test where that isn't allowed. */
  static CuttableNetwork create(final int members) {
    final CuttableNetwork network = new CuttableNetwork(members);
    try {
      assumeTrue(network.build(), SKIPPED);
      return network;
    } catch (final RuntimeException | Error e) {
      network.close();
      throw e;
    }
  }

  private boolean build() {
    final String hub = hub();
    if (!(Shell.succeeds("ip", "netns", "add", hub)
        && within(hub, "ip", "link", "add", "bridge", "type", "bridge")
        && within(hub, "ip", "link", "set", "bridge", "up")
        && Shell.succeeds(
            "ip", "link", "add", name, "type", "veth", "peer", "name", "here", "netns", hub)
        && within(hub, "ip", "link", "set", "here", "master", "bridge", "up")
        && Shell.succeeds("ip", "address", "add", here() + "/24", "dev", name)
        && Shell.succeeds("ip", "link", "set", name, "up"))) {
      return false;
    }
    for (int member = 0; member < members; member++) {
      final String space = space(member);
      if (!(Shell.succeeds("ip", "netns", "add", space)
          && within(
              hub,
              "ip",
              "link",
              "add",
              port(member),
              "type",
              "veth",
              "peer",
              "name",
              "eth",
              "netns",
              space)
          && within(hub, "ip", "link", "set", port(member), "master", "bridge", "up")
          && within(space, "ip", "address", "add", host(member) + "/24", "dev", "eth")
          && within(space, "ip", "link", "set", "eth", "up")
          && within(space, "ip", "link", "set", "lo", "up"))) {
        return false;
      }
    }
    return true;
  }

  String here() {
    return subnet + "250";
  }

  String host(final int member) {
    return subnet + (10 + member);
  }

  /** What a command of a member starts with. */
  List<String> prefix(final int member) {
    return List.of("ip", "netns", "exec", space(member));
  }

  /** Drops what a member sends and what is sent to it, without telling either end. */
  void cut(final int member) {
    assertTrue(within(hub(), "ip", "link", "set", port(member), "nomaster"));
  }

  void heal(final int member) {
    assertTrue(within(hub(), "ip", "link", "set", port(member), "master", "bridge"));
  }

  private String hub() {
    return name + "-hub";
  }

  private String space(final int member) {
    return name + "-" + member;
  }

  private static String port(final int member) {
    return "port" + member;
  }

  private static boolean within(final String space, final String... command) {
    final List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", space));
    whole.addAll(List.of(command));
    return Shell.succeeds(whole.toArray(new String[0]));
  }

  @Override
  public void close() {
    for (int member = 0; member < members; member++) {
      Shell.succeeds("ip", "netns", "delete", space(member));
    }
    Shell.succeeds("ip", "netns", "delete", hub());
    Shell.succeeds("ip", "link", "delete", name);
  }
}
