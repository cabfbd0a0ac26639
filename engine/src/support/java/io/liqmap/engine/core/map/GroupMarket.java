package io.liqmap.engine.core.map;

import io.liqmap.engine.core.margin.Contract;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A group whose members are driven by random markets of their own. */
public final class GroupMarket {
  /** Linear, inverse, and one whose prices have another exponent. */
  public static final List<Member> MIXED =
      List.of(
          new Member("a:LINEAR", Contract.LINEAR, "USDT", 1e-8),
          new Member("b:INVERSE", Contract.INVERSE, "USD", 1e-8),
          new Member("c:OTHER", Contract.LINEAR, "USDC", 1.3e-8));

  private static final String BASE = "BASE";

  /** A member of a group of the base asset. */
  public record Member(String name, Contract contract, String quote, double priceUnit) {}

  private final LiquidationMaps maps;
  private final GroupMap group;
  private final List<RandomMarket> markets = new ArrayList<>();
  private final SplittableRandom random;
  private long time;

  /** Defines all members; nothing has happened yet. */
  public GroupMarket(final MapSettings settings, final List<Member> members, final long seed) {
    random = new SplittableRandom(seed);
    maps = new LiquidationMaps(settings, members.size());
    group =
        new GroupMap(
            members.size(),
            new GroupSettings(
                "ALL", members.stream().map(Member::name).toList(), GroupSettings.DEFAULT_SILENT),
            maps.lattice());
    for (int id = 0; id < members.size(); id++) {
      define(id, members.get(id), BASE);
      markets.add(new RandomMarket(seed + id, 1e-3, 40));
    }
  }

  private void define(final int id, final Member member, final String base) {
    final String[] name = member.name.split(":", 2);
    maps.define(
        new Instrument(
            id, name[1], name[0], member.contract, base, member.quote, member.priceUnit, .25));
    group.join(maps.of(id), 0);
  }

  /** Applies an event of a random member; returns which. */
  public int step() {
    final int member = random.nextInt(markets.size());
    step(member);
    return member;
  }

  /** Applies an event of a member. */
  public MarketEvent step(final int member) {
    final MarketEvent event = markets.get(member).next();
    event.applyTo(maps.of(member));
    time = Math.max(time, maps.of(member).time());
    return event;
  }

  public GroupMap group() {
    return group;
  }

  public InstrumentMap map(final int member) {
    return maps.of(member);
  }

  /** Time of the last event of any member. */
  public long time() {
    return time;
  }
}
