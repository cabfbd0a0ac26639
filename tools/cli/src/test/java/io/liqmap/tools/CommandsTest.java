package io.liqmap.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The command that is named comes without the others, and looks the same as among them. */
final class CommandsTest {
  private static final CommandLine ALL = Liqmap.commandLine();

  @Test
  void shouldReadNoOtherCommandThanTheOneNamed() {
    for (final String name : ALL.getSubcommands().keySet()) {
      if (!name.equals("generate-completion")) {
        assertEquals(
            Set.of(name), Liqmap.commandLine(name, "demo").getSubcommands().keySet(), name);
      }
    }
  }

  @Test
  void shouldShowTheSameHelpWithoutTheOthers() {
    ALL.getSubcommands()
        .forEach(
            (name, among) ->
                assertSame(among, Liqmap.commandLine(name).getSubcommands().get(name)));
  }

  private static void assertSame(final CommandLine among, final CommandLine alone) {
    assertEquals(among.getUsageMessage(), alone.getUsageMessage());
    final Map<String, CommandLine> inner = alone.getSubcommands();
    among.getSubcommands().forEach((name, line) -> assertSame(line, inner.get(name)));
  }

  @Test
  void shouldNameEachCommandAsItNamesItself() {
    ALL.getSubcommands()
        .forEach((name, line) -> assertEquals(name, line.getCommandSpec().name(), name));
  }

  @Test
  void shouldKnowAllCommandsWhereTheFirstWordNamesNone() {
    for (final String word : new String[] {"--help", "generate-completion", "mop", "", "@words"}) {
      assertEquals(
          ALL.getSubcommands().keySet(), Liqmap.commandLine(word).getSubcommands().keySet(), word);
    }
  }

  @Test
  void shouldSayWhichModuleACommandNeeds() {
    for (final String name : new String[] {"cluster", "backfill"}) {
      final StringWriter said = new StringWriter();
      final CommandLine line = Liqmap.commandLine(name).setErr(new PrintWriter(said));
      assertEquals(2, line.execute(name, "node", "--member", "0"));
      assertTrue(
          said.toString().contains(name + " node --member 0 needs the module tools/" + name),
          said::toString);
    }
  }

  @Test
  void shouldListAllCommandsWithoutTheirOptions() {
    assertTrue(ALL.getUsageMessage().contains("margin"));
    for (final String word : new String[] {"--help", "-h"}) {
      assertEquals(ALL.getUsageMessage(), Liqmap.commandLine(word).getUsageMessage());
    }
    assertNull(
        Liqmap.commandLine("--help")
            .getSubcommands()
            .get("map")
            .getCommandSpec()
            .findOption("--at"));
  }
}
