package io.liqmap.tools.history;

/**
 * How far a follower is. Immutable, for any thread.
 *
 * @param phase what it does
 * @param isLive whether a process is writing the journal
 * @param progress how much of the journal is read, 0 to 1: up to its end first, so that questions
 *     are answered, then its history
 * @param firstTime exchange time of the journal's first event, ns; 0 before it
 * @param firstSequence feed sequence of the journal's first event; 0 before it
 * @param lastTime latest exchange time applied, ns
 * @param lastSequence feed sequence of the last event applied
 * @param problem what is wrong with the journal, for a person; null if nothing is
 */
public record FollowerStatus(
    Phase phase,
    boolean isLive,
    double progress,
    long firstTime,
    long firstSequence,
    long lastTime,
    long lastSequence,
    String problem) {

  /** What a follower does. */
  public enum Phase {
    /** There is no journal yet. */
    WAITING,
    /** It applies what the journal holds; questions wait. */
    READING,
    /** It has reached the end, and applies what is appended. */
    FOLLOWING,
    /** The journal broke: the map is as of the last whole event, and stays so. */
    BROKEN,
    /** It was closed. */
    CLOSED
  }

  static final FollowerStatus START = new FollowerStatus(Phase.WAITING, false, 0, 0, 0, 0, 0, null);

  /** Whether the map is as of the journal's end, or of where it broke. */
  public boolean isRead() {
    return phase == Phase.FOLLOWING || phase == Phase.BROKEN;
  }
}
