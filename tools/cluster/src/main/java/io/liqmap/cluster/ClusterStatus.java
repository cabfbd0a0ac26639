package io.liqmap.cluster;

import io.liqmap.cluster.protocol.MemberRole;
import io.liqmap.tools.answer.Format;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The members of all shards, and what is wrong with them.
 *
 * @param shards in the order of the settings
 * @param problems a line each; empty if all is well
 */
record ClusterStatus(List<OfShard> shards, List<String> problems) {
  /** A member that is alive is heard ten times a second. */
  static final long SILENCE_NANOS = 3_000_000_000L;

  /**
   * A shard.
   *
   * @param leader member that leads; −1 for none
   * @param comparedEvents latest count of events at which all members that speak have a hash, 0 for
   *     none
   * @param hashesEqual whether all hashes of equal counts are equal
   */
  record OfShard(
      String shard, int leader, long comparedEvents, boolean hashesEqual, List<OfMember> members) {}

  /**
   * A member.
   *
   * @param role leader, candidate, follower, or silent
   * @param behind bytes of the log that a majority has and this member hasn't applied
   * @param hashEvents events at its last hash, 0 for none
   * @param hash its last hash; null for none
   * @param settings hash of the settings that decide the state
   */
  record OfMember(
      int member,
      String host,
      String role,
      long logPosition,
      long commitPosition,
      long behind,
      long snapshotPosition,
      long events,
      long sequence,
      String eventTime,
      long hashEvents,
      String hash,
      long duplicates,
      long gaps,
      long refused,
      String settings,
      String java,
      long processId,
      String trouble) {
    static OfMember silent(final Member member) {
      return new OfMember(
          member.id(),
          member.host(),
          "silent",
          0,
          0,
          0,
          0,
          0,
          0,
          null,
          0,
          null,
          0,
          0,
          0,
          null,
          null,
          0,
          "");
    }
  }

  static ClusterStatus of(final ClusterSettings settings, final StatusWatch watch) {
    final List<OfShard> shards = new ArrayList<>();
    final List<String> problems = new ArrayList<>();
    for (final Shard shard : settings.shards()) {
      final Map<Member, HeardStatus> heard = new TreeMap<>(Comparator.comparingInt(Member::id));
      for (final Member member : settings.members()) {
        final HeardStatus status = watch.heard(shard, member, SILENCE_NANOS);
        if (status != null) {
          heard.put(member, status);
        }
      }
      shards.add(ofShard(settings, shard, heard, problems));
    }
    return new ClusterStatus(shards, problems);
  }

  private static OfShard ofShard(
      final ClusterSettings settings,
      final Shard shard,
      final Map<Member, HeardStatus> heard,
      final List<String> problems) {
    final String name = "shard " + shard.name() + ": ";
    long commit = 0;
    int leader = -1;
    final Set<Long> texts = new HashSet<>();
    for (final Map.Entry<Member, HeardStatus> one : heard.entrySet()) {
      final HeardStatus status = one.getValue();
      commit = Math.max(commit, status.commitPosition());
      texts.add(status.settings());
      if (status.role() == MemberRole.LEADER) {
        leader = one.getKey().id();
      }
      if (!status.progress().trouble().isEmpty()) {
        problems.add(name + "member " + one.getKey().id() + ": " + status.progress().trouble());
      }
    }
    final List<OfMember> members = new ArrayList<>();
    for (final Member member : settings.members()) {
      final HeardStatus status = heard.get(member);
      if (status == null) {
        problems.add(name + "member " + member.id() + " on " + member.host() + " is silent");
        members.add(OfMember.silent(member));
      } else {
        members.add(ofMember(member, status, commit));
      }
    }
    if (leader < 0) {
      problems.add(name + "no member leads: it takes no commands");
    }
    if (texts.size() > 1) {
      problems.add(name + "members have different settings of what decides the state");
    }
    final List<String> differences = differences(heard);
    differences.forEach((text) -> problems.add(name + text));
    return new OfShard(
        shard.name(), leader, compared(heard), differences.isEmpty(), List.copyOf(members));
  }

  private static OfMember ofMember(
      final Member member, final HeardStatus status, final long commit) {
    final StateProgress at = status.progress();
    final TreeMap<Long, Long> hashes = new TreeMap<>(status.hashes());
    final Map.Entry<Long, Long> last = hashes.lastEntry();
    return new OfMember(
        member.id(),
        member.host(),
        status.role().name().toLowerCase(Locale.ROOT),
        at.logPosition(),
        status.commitPosition(),
        Math.max(0, commit - at.logPosition()),
        at.snapshotPosition(),
        at.events(),
        at.sequence(),
        Format.timeOrNull(at.eventTime()),
        last == null ? 0 : last.getKey(),
        last == null ? null : Format.hash(last.getValue()),
        at.duplicates(),
        at.gaps(),
        at.refused(),
        Format.hash(status.settings()),
        status.java(),
        status.processId(),
        at.trouble());
  }

  /** Counts of events at which members have different hashes, the first of them alone. */
  private static List<String> differences(final Map<Member, HeardStatus> heard) {
    final Map<Long, Map<Member, Long>> byEvents = new TreeMap<>();
    heard.forEach(
        (member, status) ->
            status
                .hashes()
                .forEach(
                    (events, hash) ->
                        byEvents
                            .computeIfAbsent(
                                events, (e) -> new TreeMap<>(Comparator.comparingInt(Member::id)))
                            .put(member, hash)));
    for (final Map.Entry<Long, Map<Member, Long>> at : byEvents.entrySet()) {
      if (new HashSet<>(at.getValue().values()).size() > 1) {
        final StringBuilder text =
            new StringBuilder("hashes differ at " + at.getKey() + " events:");
        at.getValue()
            .forEach(
                (member, hash) ->
                    text.append(" member ")
                        .append(member.id())
                        .append(' ')
                        .append(Format.hash(hash)));
        return List.of(text.toString());
      }
    }
    return List.of();
  }

  private static long compared(final Map<Member, HeardStatus> heard) {
    Set<Long> common = null;
    for (final HeardStatus status : heard.values()) {
      if (common == null) {
        common = new HashSet<>(status.hashes().keySet());
      } else {
        common.retainAll(status.hashes().keySet());
      }
    }
    return common == null ? 0 : common.stream().mapToLong(Long::longValue).max().orElse(0);
  }

  boolean isWell() {
    return problems.isEmpty();
  }

  void print(final PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%-12s %-6s %-9s %14s %12s %14s %14s %14s  %-26s %-16s %s%n",
        "shard",
        "member",
        "role",
        "log position",
        "behind",
        "snapshot at",
        "events",
        "sequence",
        "event time",
        "last hash",
        "java");
    for (final OfShard shard : shards) {
      for (final OfMember member : shard.members()) {
        out.printf(
            Locale.ROOT,
            "%-12s %-6d %-9s %14s %12s %14s %14s %14d  %-26s %-16s %s%n",
            shard.shard(),
            member.member(),
            member.role(),
            Format.count(member.logPosition()),
            Format.count(member.behind()),
            Format.count(member.snapshotPosition()),
            Format.count(member.events()),
            member.sequence(),
            member.eventTime() == null ? "" : member.eventTime(),
            member.hash() == null ? "" : member.hash(),
            member.java() == null ? "" : member.java());
      }
      out.printf(
          Locale.ROOT,
          "%-12s hashes %s, last compared at %s events%n",
          shard.shard(),
          shard.hashesEqual() ? "equal" : "DIFFER",
          Format.count(shard.comparedEvents()));
    }
    problems.forEach((problem) -> out.println("problem: " + Format.printable(problem)));
  }
}
