package io.liqmap.engine.core.map;

import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;

/**
 * Funding as a feed states it: the rate of the last payment, and the predicted rate of the coming
 * one.
 *
 * <p>A rate is predicted until the time of its payment. It is settled once that time has passed, or
 * once the feed names a later payment; a rate that the feed gives with a time that has passed is
 * settled at once. Rates are shares of the notional that longs pay shorts, for one interval. Times
 * are ns since 1970, 0 unknown. One thread; allocates nothing.
 */
public final class FundingState {
  private static final double UNIT = 1e-9;

  /** No venue pays more often: of messages this near, one names the payment after the other's. */
  private static final long CONTINUOUS = 3_600_000_000_000L;

  private long coming;
  private long comingTime;
  private long comingSaid;
  private long settled;
  private long settledTime;
  private long interval;
  private long namedTime;
  private long namedSaid;

  FundingState() {
    // All is unknown until the feed says it.
  }

  /**
   * Takes a rate.
   *
   * @param time of the message
   * @param rate 10⁻⁹
   * @param payment when it is paid, or was paid, 0 unknown
   */
  void onRate(final long time, final long rate, final long payment) {
    if (payment != 0) {
      onPaymentTime(time, payment);
    }
    if (comingSaid != 0 && comingTime != 0 && payment != comingTime) {
      if (comingTime <= time || payment > comingTime) {
        settle(coming, comingTime);
      }
    }
    if (payment != 0 && payment <= time) {
      settle(rate, payment);
      return;
    }
    // A rate without a time is of the payment that was scheduled.
    comingTime = payment == 0 && comingSaid != 0 ? comingTime : payment;
    coming = rate;
    comingSaid = time;
  }

  private void settle(final long rate, final long payment) {
    if (payment >= settledTime) {
      settled = rate;
      settledTime = payment;
    }
    if (comingTime <= payment) {
      coming = 0;
      comingTime = 0;
      comingSaid = 0;
    }
  }

  private void onPaymentTime(final long time, final long payment) {
    if (payment > namedTime && namedTime != 0 && time - namedSaid <= CONTINUOUS) {
      interval = payment - namedTime;
    }
    namedTime = payment;
    namedSaid = time;
  }

  private boolean isComing(final long now) {
    return comingSaid != 0 && (comingTime == 0 || comingTime > now);
  }

  /** Whether the scheduled payment is due by a time, even before a message confirms it. */
  public boolean isDue(final long now) {
    return comingSaid != 0 && !isComing(now);
  }

  /** Predicted rate of the coming payment at a time; NaN unknown. */
  public double predictedRate(final long now) {
    return isComing(now) ? coming * UNIT : Double.NaN;
  }

  /** When the feed gave it. */
  public long predictedSaid(final long now) {
    return isComing(now) ? comingSaid : 0;
  }

  /** When the coming payment is: as scheduled, else an interval after the last. */
  public long nextTime(final long now) {
    if (isComing(now) && comingTime != 0) {
      return comingTime;
    }
    final long next = settledTime(now) + interval;
    return settledTime(now) != 0 && next > now ? next : 0;
  }

  /** Rate of the last payment as of a time; NaN unknown. */
  public double settledRate(final long now) {
    if (isDue(now)) {
      return coming * UNIT;
    }
    return settledTime == 0 ? Double.NaN : settled * UNIT;
  }

  /** When the last payment was. */
  public long settledTime(final long now) {
    return isDue(now) ? comingTime : settledTime;
  }

  /** Time between two payments, ns; 0 until the feed has named two in a row. */
  public long interval() {
    return interval;
  }

  void encode(final StateWriter out) {
    out.putLong(coming);
    out.putLong(comingTime);
    out.putLong(comingSaid);
    out.putLong(settled);
    out.putLong(settledTime);
    out.putLong(interval);
    out.putLong(namedTime);
    out.putLong(namedSaid);
  }

  void decode(final StateReader in) {
    coming = in.getLong();
    comingTime = in.getLong();
    comingSaid = in.getLong();
    settled = in.getLong();
    settledTime = in.getLong();
    interval = in.getLong();
    namedTime = in.getLong();
    namedSaid = in.getLong();
  }
}
