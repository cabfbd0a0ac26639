package io.liqmap.cluster;

/**
 * How far a member's state has come.
 *
 * @param logPosition bytes of the log applied
 * @param snapshotPosition of the last snapshot, 0 before the first
 * @param leader member that leads, −1 where unknown
 * @param events applied
 * @param sequence of the last message
 * @param eventTime of the last event, ns
 * @param duplicates frames that came again
 * @param gaps commands with frames missing before them
 * @param refused invalid commands
 * @param trouble what an operator should look at; empty for nothing
 */
record StateProgress(
    long logPosition,
    long snapshotPosition,
    int leader,
    long events,
    long sequence,
    long eventTime,
    long duplicates,
    long gaps,
    long refused,
    String trouble) {
  static final StateProgress NONE = new StateProgress(0, 0, -1, 0, 0, 0, 0, 0, 0, "");
}
