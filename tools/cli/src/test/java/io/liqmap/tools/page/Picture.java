package io.liqmap.tools.page;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** A screenshot with 256 colours: a third of the size, and no difference to see. */
final class Picture {
  private static final int COLOURS = 256;

  /** Colours that differ in the lowest two bits only count as one. */
  private static final int COARSE = 0xFCFCFC;

  private Picture() {}

  /** Writes a screenshot. */
  static void write(final byte[] png, final Path file) throws IOException {
    final BufferedImage from = ImageIO.read(new ByteArrayInputStream(png));
    final List<Integer> palette = palette(from);
    final byte[][] channels = new byte[3][palette.size()];
    for (int i = 0; i < palette.size(); i++) {
      for (int channel = 0; channel < 3; channel++) {
        channels[channel][i] = (byte) (palette.get(i) >> (16 - 8 * channel));
      }
    }
    final BufferedImage to =
        new BufferedImage(
            from.getWidth(),
            from.getHeight(),
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, palette.size(), channels[0], channels[1], channels[2]));
    final Map<Integer, Integer> nearest = new HashMap<>();
    for (int y = 0; y < from.getHeight(); y++) {
      for (int x = 0; x < from.getWidth(); x++) {
        final int colour = from.getRGB(x, y) & 0xFFFFFF;
        final int index = nearest.computeIfAbsent(colour, (of) -> nearest(palette, of));
        to.getRaster().setSample(x, y, 0, index);
      }
    }
    ImageIO.write(to, "png", file.toFile());
  }

  /** The colours that are used most. */
  private static List<Integer> palette(final BufferedImage image) {
    final Map<Integer, Integer> exact = new HashMap<>();
    final Map<Integer, Integer> counts = new HashMap<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        final int colour = image.getRGB(x, y) & 0xFFFFFF;
        exact.putIfAbsent(colour & COARSE, colour);
        counts.merge(colour & COARSE, 1, Integer::sum);
      }
    }
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(COLOURS)
        .map((entry) -> exact.get(entry.getKey()))
        .toList();
  }

  private static int nearest(final List<Integer> palette, final int colour) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < palette.size(); i++) {
      int distance = 0;
      for (int shift = 0; shift <= 16; shift += 8) {
        final int apart = (palette.get(i) >> shift & 0xFF) - (colour >> shift & 0xFF);
        distance += apart * apart;
      }
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    return best;
  }
}
