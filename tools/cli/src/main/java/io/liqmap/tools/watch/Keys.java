package io.liqmap.tools.watch;

import java.util.regex.Pattern;

/** What was typed, without the sequences of other keys and of late answers of the terminal. */
final class Keys {
  private static final Pattern SEQUENCES =
      Pattern.compile(
          "\u001B(?:\\[[0-?]*[ -/]*[@-~]?|O.?|[PX^_\\]].*?(?:\u001B\\\\|\u0007|$)|.?)",
          Pattern.DOTALL);

  private Keys() {}

  static String of(final String typed) {
    return typed.isEmpty() ? typed : SEQUENCES.matcher(typed).replaceAll("");
  }
}
