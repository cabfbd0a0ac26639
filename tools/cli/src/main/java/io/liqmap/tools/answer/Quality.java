package io.liqmap.tools.answer;

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
record Quality(
    boolean openInterestStale,
    boolean markMissing,
    long gaps,
    long missing,
    long rejected,
    boolean journaled) {}
