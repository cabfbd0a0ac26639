package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BenchCommandTest {
  @Test
  void shouldBeListed() {
    assertTrue(Cli.run("--help").out().contains("bench"));
  }

  @Test
  void shouldExplainItsOptions() {
    final Cli.Ran help = Cli.run("bench", "--help");

    assertEquals(ExitCodes.DONE, help.code());
    assertTrue(help.out().contains("--quick"));
  }

  @Test
  void shouldRefuseValuesThatCannotBe() {
    assertEquals(ExitCodes.USAGE, Cli.run("bench", "--rounds", "0").code());
    assertEquals(ExitCodes.USAGE, Cli.run("bench", "--events", "10").code());
    assertEquals(ExitCodes.USAGE, Cli.run("bench", "--wait", "sleep").code());
  }
}
