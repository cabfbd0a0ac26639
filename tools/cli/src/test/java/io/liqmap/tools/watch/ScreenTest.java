package io.liqmap.tools.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Drawing in place, colours and keys. */
final class ScreenTest {
  private static final int WIDTH = 90;
  private static final int HEIGHT = 30;

  private final StringWriter written = new StringWriter();

  private Frame frame(final WatchedMap map, final Look.Picture picture, final double age) {
    final Look look = Samples.look(WIDTH, HEIGHT, ColorLevel.TRUE, picture);
    return MapFrame.of(map, Samples.live(age), look, .1, null, "").frame();
  }

  private String whole(final Frame frame) {
    final StringWriter alone = new StringWriter();
    new Screen(new PrintWriter(alone), ColorLevel.TRUE).draw(frame);
    return new Grid(WIDTH, HEIGHT).feed(alone.toString()).text();
  }

  @Test
  void shouldShowTheNewestFrameByWritingOnlyWhatChanged() {
    final SplittableRandom random = new SplittableRandom(1);
    final Screen screen = new Screen(new PrintWriter(written), ColorLevel.TRUE);
    final Grid grid = new Grid(WIDTH, HEIGHT);
    int from = 0;
    for (int i = 0; i < 20; i++) {
      final Look.Picture picture =
          i % 5 == 4 ? Look.Picture.SIXEL : i % 3 == 0 ? Look.Picture.SHADES : Look.Picture.HALVES;
      final Frame next = frame(Samples.map(random, "A"), picture, i);
      screen.draw(next);
      grid.feed(written.toString().substring(from));
      from = written.toString().length();
      assertEquals(whole(next), grid.text());
    }
    assertEquals(4, grid.sixels);

    final WatchedMap map = Samples.map(random, "A");
    screen.draw(frame(map, Look.Picture.SIXEL, 1));
    screen.draw(frame(map, Look.Picture.SIXEL, 1));
    final int before = written.toString().length();
    screen.draw(frame(map, Look.Picture.SIXEL, 2));
    final String change = written.toString().substring(before);
    assertTrue(change.contains("live, 2.0 s old") && !change.contains("nearest"), change);
    assertFalse(change.contains("\u001BP"), "the picture is the same");
  }

  @Test
  void shouldLeaveTheTerminalAsItWas() {
    final Screen screen = new Screen(new PrintWriter(written), ColorLevel.TRUE);
    screen.draw(frame(Samples.map(new SplittableRandom(2), "A"), Look.Picture.HALVES, 0));
    assertTrue(written.toString().startsWith("\u001B[?1049h\u001B[?25l"));
    screen.close();
    assertTrue(written.toString().endsWith("\u001B[0m\u001B[?7h\u001B[?25h\u001B[?1049l"));
    final String all = written.toString();
    screen.close();
    screen.draw(frame(Samples.map(new SplittableRandom(3), "B"), Look.Picture.HALVES, 0));
    assertEquals(all, written.toString(), "nothing after its end");
  }

  @Test
  void shouldUseTheColoursThatTheTerminalHas() {
    final Map<String, String> direct = Map.of("TERM", "xterm-256color", "COLORTERM", "truecolor");
    assertEquals(ColorLevel.TRUE, auto(direct, true));
    assertEquals(ColorLevel.INDEXED, auto(Map.of("TERM", "screen-256color"), true));
    assertEquals(ColorLevel.SIXTEEN, auto(Map.of("TERM", "linux"), true));
    assertEquals(ColorLevel.NONE, auto(Map.of("TERM", "dumb", "COLORTERM", "truecolor"), true));
    assertEquals(ColorLevel.NONE, auto(Map.of(), true));
    assertEquals(ColorLevel.NONE, auto(direct, false));
    final Map<String, String> without =
        Map.of("TERM", "xterm-256color", "COLORTERM", "truecolor", "NO_COLOR", "1");
    assertEquals(ColorLevel.NONE, auto(without, true));
    assertEquals(ColorLevel.TRUE, ColorLevel.of(ColorLevel.Choice.ALWAYS, without, false));
    assertEquals(ColorLevel.NONE, ColorLevel.of(ColorLevel.Choice.NEVER, direct, true));
    assertEquals(
        ColorLevel.TRUE, auto(Map.of("TERM", "foot", "COLORTERM", "24bit", "NO_COLOR", ""), true));
  }

  private static ColorLevel auto(final Map<String, String> environment, final boolean isTerminal) {
    return ColorLevel.of(ColorLevel.Choice.AUTO, environment, isTerminal);
  }

  @Test
  void shouldWriteColoursInTheTerminalsForm() {
    final Canvas canvas = new Canvas(4, 1, false);
    canvas.put(0, 0, 'a', 0xff0000, Canvas.DEFAULT);
    canvas.put(0, 1, 'b', 0xff0000, 0x808080);
    canvas.put(0, 2, 'c', Canvas.DEFAULT, Canvas.DEFAULT);
    assertEquals("abc", canvas.line(0, ColorLevel.NONE));
    assertEquals(
        "\u001B[0;91ma\u001B[0;91;100mb\u001B[0mc\u001B[0m", canvas.line(0, ColorLevel.SIXTEEN));
    assertEquals(
        "\u001B[0;38;5;196ma\u001B[0;38;5;196;48;5;244mb\u001B[0mc\u001B[0m",
        canvas.line(0, ColorLevel.INDEXED));
    assertEquals(
        "\u001B[0;38;2;255;0;0ma\u001B[0;38;2;255;0;0;48;2;128;128;128mb\u001B[0mc\u001B[0m",
        canvas.line(0, ColorLevel.TRUE));
  }

  @Test
  void shouldKnowKeysFromSequences() {
    for (final Map.Entry<String, String> typed :
        List.of(
            Map.entry("q", "q"),
            Map.entry("\u001B[A", ""),
            Map.entry("a\u001B[1;5Cb", "ab"),
            Map.entry("\u001BOPn", "n"),
            Map.entry("\u001B[?62;4;22cq", "q"),
            Map.entry("\u001BP1+r544e\u001B\\v", "v"),
            Map.entry("\u001B", ""))) {
      assertEquals(typed.getValue(), Keys.of(typed.getKey()), typed::getKey);
    }
  }
}
