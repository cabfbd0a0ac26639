package io.liqmap.engine.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.map.GroupSettings;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GroupConfigTest extends UserSettings {
  @Test
  void shouldAddGroupsToThoseOfTheDefaults() throws IOException {
    final EngineSettings engine =
        load(
                "groups.SOL.members = [\"okx:SOL-USDT-SWAP\", \"bybit:SOLUSDT\"]",
                "groups.BTC.silent-after = 5m")
            .engine();
    final List<GroupSettings> groups = engine.map().groups();
    assertEquals(List.of("BTC", "ETH", "SOL"), groups.stream().map(GroupSettings::name).toList());
    assertEquals(300_000_000_000L, groups.get(0).silentNanos());
    assertEquals(List.of("okx:SOL-USDT-SWAP", "bybit:SOLUSDT"), groups.get(2).members());
    assertEquals(GroupSettings.DEFAULT_SILENT, groups.get(2).silentNanos());
    assertEquals(engine, EngineConfig.parse(engine.text()));
  }

  @Test
  void shouldRemoveGroupsOfTheDefaults() throws IOException {
    final EngineSettings one = load("groups.ETH = null").engine();
    assertEquals(List.of("BTC"), one.map().groups().stream().map(GroupSettings::name).toList());
    final EngineSettings none = load("groups.ETH = null", "groups.BTC = null").engine();
    assertTrue(none.map().groups().isEmpty());
    assertFalse(none.text().contains("groups"));
    assertEquals(none, EngineConfig.parse(none.text()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "groups = none | got \"none\", expected an object",
        "groups.A = [] | got a list, expected an object",
        "groups.A {} | members: missing, expected a list [ … ] of 1 to 16 texts",
        "groups.A.members = [] | got a list of 0, expected a list [ … ] of 1 to 16 texts",
        "groups.A.members = [\"b:X\", \"b:X\"] | expected each of them once",
        "groups.A.members = [BTCUSDT] | a member is an instrument, venue:symbol, such as binance-usdm:BTCUSDT, not \"BTCUSDT\"",
        "groups.A.members = [\"b:\"] | not \"b:\"",
        "groups.A.members = [\"group:BTC\"] | not \"group:BTC\"",
        "groups.\"A B\".members = [\"b:X\"] | the name of a group has 1 to 32 ASCII characters without blanks and colons, not \"A B\"",
        "groups.\"a:b\".members = [\"b:X\"] | not \"a:b\"",
        "groups.A { members = [\"b:X\"], silent-after = 0s } | got \"0s\", expected a duration with its unit, 1ms to 36500d",
        "groups.A { members = [\"b:X\"], silent = 5s } | unknown key",
      })
  void shouldRefuseWhatIsNoGroup(final String line, final String complaint) throws IOException {
    final List<String> problems = problems(line);
    assertEquals(1, problems.size(), problems::toString);
    assertTrue(problems.get(0).startsWith(at(1) + "groups"), problems::toString);
    assertTrue(problems.get(0).contains(complaint), problems::toString);
  }
}
