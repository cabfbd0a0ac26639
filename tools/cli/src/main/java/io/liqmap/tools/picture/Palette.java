package io.liqmap.tools.picture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A scale of {@value #COLOURS} colours from dark to light, even to the eye and legible to the
 * colour-blind. Immutable. The page reads the same file.
 *
 * <p>Inferno and viridis: Stéfan van der Walt, Nathaniel Smith; cividis: Jamie Nuñez, Christopher
 * Anderton, Ryan Renslow, doi:10.1371/journal.pone.0199239.
 */
public final class Palette {
  /** Colours of a palette. */
  public static final int COLOURS = 256;

  private static final String FILE = "/io/liqmap/tools/page/palettes.json";
  private static final int DIGITS = 6;
  private static final Map<String, Palette> ALL = read();

  private final String name;
  private final int[] colours = new int[COLOURS];

  private Palette(final String name, final String hex) {
    this.name = name;
    if (hex.length() != COLOURS * DIGITS) {
      throw new IllegalStateException(FILE + ": " + name + " has to have 256 colours");
    }
    for (int i = 0; i < COLOURS; i++) {
      colours[i] = Integer.parseInt(hex, i * DIGITS, (i + 1) * DIGITS, 16);
    }
  }

  private static Map<String, Palette> read() {
    final Map<String, Palette> all = new LinkedHashMap<>();
    try (InputStream in = Palette.class.getResourceAsStream(FILE);
        JsonParser parser = new JsonFactory().createParser(in)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        final String name = parser.currentName();
        all.put(name, new Palette(name, parser.nextTextValue()));
      }
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  /** Names of all; the first is the default. */
  public static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /**
   * Finds a palette.
   *
   * @return null if there is none of that name
   */
  public static Palette of(final String name) {
    return ALL.get(name);
  }

  public String name() {
    return name;
  }

  /** Returns the colour of an index of 0 (dark) to 255 (light), as 0xRRGGBB. */
  public int colour(final int index) {
    return colours[index];
  }
}
