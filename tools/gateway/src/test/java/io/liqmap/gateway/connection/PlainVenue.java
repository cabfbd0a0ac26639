package io.liqmap.gateway.connection;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.gateway.venue.ConnectionPlan;
import io.liqmap.gateway.venue.ControlSink;
import io.liqmap.gateway.venue.ExpectedStream;
import io.liqmap.gateway.venue.FrameOutcome;
import io.liqmap.gateway.venue.MarketSink;
import io.liqmap.gateway.venue.Request;
import io.liqmap.gateway.venue.Venue;
import io.liqmap.gateway.venue.VenueDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A venue whose frames are words: {@code trade ID PRICE QUANTITY TIME}, {@code mark PRICE TIME},
 * {@code interest QUANTITY TIME}, {@code ack}, {@code refused WHY}, {@code pong}, {@code closing}.
 */
public final class PlainVenue implements Venue {
  /** Ping of its plan. */
  public static final String PING = "ping";

  private static final long MS = 1_000_000;

  private final String name;
  private final List<InstrumentDefinition> listed;
  private final boolean hasPing;
  private final long idleNanos;
  private final long lifetimeNanos;
  private final List<Request> polls;

  private PlainVenue(
      final String name,
      final List<InstrumentDefinition> listed,
      final boolean hasPing,
      final long idleNanos,
      final long lifetimeNanos,
      final List<Request> polls) {
    this.name = name;
    this.listed = listed;
    this.hasPing = hasPing;
    this.idleNanos = idleNanos;
    this.lifetimeNanos = lifetimeNanos;
    this.polls = polls;
  }

  /** A venue of one instrument. */
  public static PlainVenue of(final String name, final int id) {
    return new PlainVenue(name, List.of(instrument(name, id)), false, 0, 0, List.of());
  }

  PlainVenue withPing() {
    return new PlainVenue(name, listed, true, idleNanos, lifetimeNanos, polls);
  }

  PlainVenue withIdle(final long nanos) {
    return new PlainVenue(name, listed, hasPing, nanos, lifetimeNanos, polls);
  }

  PlainVenue withLifetime(final long nanos) {
    return new PlainVenue(name, listed, hasPing, idleNanos, nanos, polls);
  }

  PlainVenue withPoll(final long everyNanos) {
    return new PlainVenue(
        name,
        listed,
        hasPing,
        idleNanos,
        lifetimeNanos,
        List.of(new Request("/interest", null, everyNanos)));
  }

  private static InstrumentDefinition instrument(final String venue, final int id) {
    return new InstrumentDefinition(
        id,
        "SYMBOL" + id,
        venue,
        "BTC",
        "USDT",
        -2,
        -3,
        ContractKind.LINEAR,
        OpenInterestUnit.BASE,
        OpenInterestSides.ONE,
        1,
        1,
        1_000,
        FeedOrigin.NOT_STATED);
  }

  /** Its instruments. */
  public List<InstrumentDefinition> instruments() {
    return listed;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String webSocketAddress() {
    return "wss://plain.invalid";
  }

  @Override
  public String restAddress() {
    return "https://plain.invalid";
  }

  @Override
  public List<ConnectionPlan> connections(final List<InstrumentDefinition> instruments) {
    return List.of(
        new ConnectionPlan(
            "market",
            "/stream",
            List.of("subscribe"),
            1,
            hasPing ? PING : null,
            50 * MS,
            idleNanos,
            lifetimeNanos,
            instruments.stream()
                .map((it) -> new ExpectedStream(it, FeedEvent.MARK_PRICE, true))
                .toList()));
  }

  @Override
  public List<Request> polls(final List<InstrumentDefinition> instruments) {
    return polls;
  }

  @Override
  public List<Request> listingRequests(final List<String> symbols) {
    return List.of(new Request("/listing", null, 0));
  }

  @Override
  public List<InstrumentDefinition> listings(final List<byte[]> answers) {
    return listed;
  }

  @Override
  public List<Request> bracketRequests(final List<InstrumentDefinition> instruments) {
    return List.of();
  }

  @Override
  public VenueDecoder decoder(final List<InstrumentDefinition> instruments) {
    return new Words(instruments.get(0));
  }

  private static final class Words implements VenueDecoder {
    private final InstrumentDefinition of;
    private long lastId;
    private long lastTime;
    private boolean wasLost;

    Words(final InstrumentDefinition of) {
      this.of = of;
    }

    @Override
    public FrameOutcome decode(
        final byte[] frame,
        final int offset,
        final int length,
        final long receiveTime,
        final MarketSink out,
        final ControlSink control) {
      final String[] words = new String(frame, offset, length, StandardCharsets.UTF_8).split(" ");
      try {
        return decode(words, out, control);
      } catch (final NumberFormatException | ArrayIndexOutOfBoundsException e) {
        return FrameOutcome.INVALID;
      }
    }

    private FrameOutcome decode(
        final String[] words, final MarketSink out, final ControlSink control) {
      switch (words[0]) {
        case "trade" -> {
          return trade(words, out);
        }
        case "mark" -> {
          final long time = Long.parseLong(words[2]);
          whole(time, 0, out);
          out.mark(of, time, Long.parseLong(words[1]), FeedEvent.ABSENT, FeedEvent.ABSENT, 0);
        }
        case "interest" -> out.openInterest(of, Long.parseLong(words[2]), Long.parseLong(words[1]));
        case "ack" -> control.acknowledged("subscribe");
        case "refused" -> control.refused(words[1]);
        case "pong" -> control.pong();
        case "closing" -> control.closingSoon("an upgrade");
        default -> {
          return FrameOutcome.UNKNOWN;
        }
      }
      return words[0].equals("mark") || words[0].equals("interest")
          ? FrameOutcome.MARKET
          : FrameOutcome.CONTROL;
    }

    private FrameOutcome trade(final String[] words, final MarketSink out) {
      final long id = Long.parseLong(words[1]);
      final long price = Long.parseLong(words[2]);
      final long quantity = Long.parseLong(words[3]);
      final long time = Long.parseLong(words[4]);
      if (id <= lastId) {
        return FrameOutcome.NOTHING_NEW;
      }
      whole(time, lastId == 0 ? 0 : id - lastId - 1, out);
      lastId = id;
      out.trade(of, time, price, quantity, FeedEvent.BUY);
      return FrameOutcome.MARKET;
    }

    private void whole(final long time, final long missing, final MarketSink out) {
      if (wasLost || missing > 0) {
        out.interrupted(of, time, missing, lastTime);
        wasLost = false;
      }
      lastTime = time;
    }

    @Override
    public void onLost(final String connection, final long receiveTime) {
      wasLost = true;
    }
  }
}
