package io.liqmap.tools.command;

import static io.liqmap.tools.command.JsonText.map;
import static io.liqmap.tools.command.JsonText.number;
import static io.liqmap.tools.command.JsonText.objects;
import static io.liqmap.tools.command.JsonText.string;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code liqmap map} of a group. */
final class MapGroupTest {
  private static final double LOSS = 1e-9;

  @TempDir private static Path folder;
  private static Path journal;
  private static Map<String, Object> group;

  @BeforeAll
  static void runAndAsk() throws IOException {
    journal = GroupSession.run(folder);
    group = ask("BTC", "--format", "json").done().json();
  }

  private static Cli.Ran ask(final String symbol, final String... words) {
    return Cli.run(
        Stream.concat(
                Stream.of("map", "--journal", journal, "--symbol", symbol), Arrays.stream(words))
            .toArray());
  }

  @Test
  void shouldNameEachMemberWithItsState() {
    assertEquals("BTC", string(group, "instrument"));
    assertEquals("USDT+USD", string(map(group, "units"), "notional"));
    assertEquals(60_200, number(group, "markPrice"), LOSS);
    final List<Map<?, ?>> members = objects(group, "members");
    assertEquals(
        List.of(GroupSession.LINEAR, GroupSession.INVERSE, GroupSession.ABSENT),
        members.stream().map((member) -> string(member, "name")).toList());
    assertEquals(
        List.of("live", "silent", "not_in_feed"),
        members.stream().map((member) -> string(member, "state")).toList());
    assertTrue(JsonText.flag(members.get(0), "reference"));
    assertFalse(JsonText.flag(members.get(1), "reference"));
    assertEquals("inverse", string(members.get(1), "contract"));
    assertEquals(97, number(members.get(1), "ageSeconds"), LOSS);
    assertEquals(
        number(members.get(0), "openInterest") + number(members.get(1), "openInterest"),
        number(group, "openInterest"),
        1e-6);
    for (final String side : List.of("long", "short")) {
      assertEquals(
          1,
          members.stream().mapToDouble((member) -> number(map(member, "share"), side)).sum(),
          LOSS);
    }
  }

  @Test
  void shouldAddUpItsMembers() {
    final Map<String, Object> linear =
        Cli.run("map", "--journal", journal, "--symbol", "BTCUSDT", "--format", "json")
            .done()
            .json();
    for (final String side : List.of("long", "short")) {
      double sum = 0;
      double ofLinear = 0;
      for (final Map<?, ?> bucket : objects(group, "buckets")) {
        if (string(bucket, "side").equals(side)) {
          final Map<?, ?> members = map(bucket, "members");
          final double parts = members.values().stream().mapToDouble((part) -> (Double) part).sum();
          assertEquals(number(bucket, "notional"), parts, 1e-6 * parts);
          sum += number(bucket, "notional");
          ofLinear +=
              members.containsKey(GroupSession.LINEAR) ? number(members, GroupSession.LINEAR) : 0;
        }
      }
      assertTrue(ofLinear > 0);
      assertTrue(sum > ofLinear);
      assertEquals(notional(linear, side), ofLinear, 1e-6 * ofLinear);
      final List<?> points = (List<?>) map(group, "cumulative").get(side);
      assertEquals(sum, (Double) ((List<?>) points.get(points.size() - 1)).get(1), 1e-6 * sum);
    }
  }

  private static double notional(final Map<?, ?> answer, final String side) {
    return objects(answer, "buckets").stream()
        .filter((bucket) -> string(bucket, "side").equals(side))
        .mapToDouble((bucket) -> number(bucket, "notional"))
        .sum();
  }

  @Test
  void shouldShowItInTableAndCsv() {
    ask("BTC")
        .done()
        .says(
            "BTC  ",
            "USDT, USD count 1:1",
            "mark and assumptions are those of " + GroupSession.LINEAR,
            "SILENT",
            "not in the feed",
            "max pain");
    assertEquals(
        ask("BTC", "--format", "csv").done().out(),
        ask("group:BTC", "--format", "csv").done().out());
    ask("BTC", "--format", "csv").says("notional_" + GroupSession.INVERSE);
    ask("BTC", "--model", "consensus", "--window", "12h").done().says("within 12h");
    // All instruments, and the groups behind them.
    Cli.run("map", "--journal", journal).done().says("BTCUSDT  ", "BTCUSD  ", "BTC  ");
  }

  private static Cli.Ran question(final String symbol, final String... words) {
    return Cli.run(
        Stream.concat(
                Stream.of("ask", "--journal", journal, "--symbol", symbol), Arrays.stream(words))
            .toArray());
  }

  @Test
  void shouldAnswerQuestionsAboutTheSum() {
    final Map<String, Object> answer =
        question("BTC", "--json", "cumulative", "--to", "50000").done().json();
    assertEquals(60_200, number(answer, "markPrice"), LOSS);
    assertEquals("USDT+USD", string(answer, "notionalUnit"));
    assertEquals(3, objects(answer, "members").size());
    for (final String side : List.of("long", "short")) {
      assertEquals(
          number(map(group, "coverage"), side), number(map(answer, "coverage"), side), 1e-9);
    }
    double expected = 0;
    for (final Map<?, ?> bucket : objects(group, "buckets")) {
      final boolean isWithin = number(bucket, "priceLow") >= 50_000;
      expected +=
          isWithin && string(bucket, "side").equals("long") ? number(bucket, "notional") : 0;
    }
    assertTrue(expected > 0);
    final double found = number((Map<?, ?>) ((List<?>) answer.get("levels")).get(0), "notional");
    // But for the bucket of the price itself, and that of mark.
    assertEquals(expected, found, .02 * expected);
    question("BTC", "nearest", "--side", "long").done().says("BTC  ", "last event", "SILENT");
    question("BTC", "max-pain").done();
    question("BTC", "touch", "--price", "59000", "--horizon", "1h").done();
    assertTrue(question("BTC", "reactions").exits(2).err().contains("name a member"));
    assertTrue(
        question("BTC", "--window", "12h", "max-pain").exits(2).err().contains("liqmap map"));
  }

  @Test
  void shouldSayWhatItCantAnswer() {
    assertTrue(ask("group:XRP").exits(2).err().contains("the groups BTC, BTCUSD"));
    assertTrue(
        ask("group:ETH")
            .exits(2)
            .err()
            .contains("has no member of the group: binance-usdm:ETHUSDT"));
    final String both = ask("BTCUSD").exits(2).err();
    assertTrue(both.contains("bybit:BTCUSD or group:BTCUSD"), both);
    assertTrue(ask("BTC", "--model", "measured").exits(2).err().contains("name a member"));
  }
}
