package io.liqmap.tools.answer;

import java.util.Map;

/** What the engine advises, with the command that does it. */
public final class Advice {
  private static final Map<String, String> COMMANDS =
      Map.of(
          "verify the journal",
          "look with 'liqmap verify'",
          "with other settings; run its feed again with this one",
          "with other settings; run its feed again with this one ('verify' and 'inspect' still"
              + " read it)",
          "import the table of that time",
          "import the table of that time with 'liqmap brackets'",
          "import the data first",
          "make one with 'liqmap import'",
          "name the folder of one",
          "make one with 'liqmap run'",
          "start one there again",
          "'liqmap run' starts one",
          "with JournalCopy",
          "with 'liqmap journal copy'");

  private Advice() {}

  /** A message of the engine that names commands; null stays null. */
  public static String withCommands(final String message) {
    if (message == null) {
      return null;
    }
    String text = message;
    for (final Map.Entry<String, String> command : COMMANDS.entrySet()) {
      text = text.replace(command.getKey(), command.getValue());
    }
    return text;
  }
}
