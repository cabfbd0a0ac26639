package io.liqmap.engine.market;

import io.liqmap.engine.core.map.GroupSettings;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which shard applies an instrument's events: that of its number, but all members of a group have
 * one, and so have groups that share a member. Immutable.
 */
final class ShardRule {
  /** By full name: number of the first group among those that hang together. */
  private final Map<String, Integer> firstGroups = new HashMap<>();

  ShardRule(final List<GroupSettings> groups) {
    for (int number = 0; number < groups.size(); number++) {
      int first = number;
      for (final String member : groups.get(number).members()) {
        first = Math.min(first, firstGroups.getOrDefault(member, number));
      }
      for (final String member : groups.get(number).members()) {
        final Integer joined = firstGroups.put(member, first);
        if (joined != null && joined != first) {
          final int lowest = first;
          firstGroups.replaceAll((name, group) -> group.equals(joined) ? lowest : group);
        }
      }
    }
  }

  /** Number of the shard of an instrument, below {@code shards}. */
  int of(final int id, final InstrumentDefinition definition, final int shards) {
    final Integer group = firstGroups.get(definition.name().toString());
    return (group == null ? id : group) % shards;
  }
}
