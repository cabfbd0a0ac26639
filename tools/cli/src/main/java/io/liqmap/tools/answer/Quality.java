package io.liqmap.tools.answer;

import io.liqmap.engine.core.map.GroupMap;
import io.liqmap.engine.core.map.GroupMember;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.market.MapWriter;
import java.util.stream.IntStream;

/**
 * What an answer's data lacks.
 *
 * @param openInterestStale whether open interest is too old
 * @param markMissing whether the last price is used for mark
 * @param gaps holes in the feed's sequence and in the instrument's own stream
 * @param missing messages known to be missing
 * @param rejected messages rejected
 * @param journaled whether the events are in a journal
 */
public record Quality(
    boolean openInterestStale,
    boolean markMissing,
    long gaps,
    long missing,
    long rejected,
    boolean journaled) {
  static Quality of(final MapWriter writer, final InstrumentMap map, final boolean journaled) {
    return new Quality(
        map.isOpenInterestStale(writer.time()),
        map.isMarkMissing(writer.time()),
        writer.gaps(map.instrument().id()),
        writer.missing(map.instrument().id()),
        writer.faults().rejected(),
        journaled);
  }

  /** Of a group: its worst member's open interest, and the mark of its reference. */
  static Quality of(final MapWriter writer, final GroupMap group, final boolean journaled) {
    final long now = writer.time();
    final GroupMember reference = group.reference(now);
    return new Quality(
        IntStream.range(0, group.members())
            .mapToObj(group::member)
            .anyMatch((member) -> member.isCounted() && member.map().isOpenInterestStale(now)),
        reference == null || reference.map().isMarkMissing(now),
        writer.faults().gaps(),
        writer.faults().missing(),
        writer.faults().rejected(),
        journaled);
  }
}
