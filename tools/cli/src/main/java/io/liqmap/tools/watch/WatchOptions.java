package io.liqmap.tools.watch;

import io.liqmap.tools.history.OpenJournal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What to watch, and how.
 *
 * @param journal folder of a journal; null where a view is watched
 * @param share folder of a view; null where a journal is watched
 * @param symbol null for the first
 * @param model null for the first
 * @param window label
 * @param columnNanos length of a column of the heatmap
 * @param everyMillis from one frame to the next at least, 1 or more
 * @param frames how many; 0 for as many as come
 * @param isHeatmap whether it begins with the heatmap
 * @param color what the user says of colours
 * @param picture what the user says of pictures
 * @param environment of the process
 */
public record WatchOptions(
    Path journal,
    Path share,
    String symbol,
    String model,
    String window,
    long columnNanos,
    long everyMillis,
    int frames,
    boolean isHeatmap,
    ColorLevel.Choice color,
    PictureChoice picture,
    Map<String, String> environment) {
  private static final String ALL = "all";

  /** What {@code --picture} asks for. */
  public enum PictureChoice {
    AUTO,
    SIXEL,
    BLOCKS,
    ASCII
  }

  MapSource source() throws IOException {
    if (journal == null) {
      return new SharedSource(share, symbol, mapName(), columnNanos);
    }
    // The follower would wait for one.
    OpenJournal.of(journal).close();
    return new JournalSource(journal, symbol, model, window, columnNanos);
  }

  /** As the view has it: {@code blend/1d}. */
  private String mapName() {
    if (window.equals(ALL)) {
      return model;
    }
    if (model == null) {
      throw new IllegalArgumentException(
          "--window " + window + ": name the --model too, as views show no window of their own");
    }
    return model + "/" + window;
  }
}
