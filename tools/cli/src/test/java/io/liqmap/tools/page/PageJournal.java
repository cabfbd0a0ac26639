package io.liqmap.tools.page;

import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.ReplayPace;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.support.RealData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Journals of a {@link PageMarket}. */
final class PageJournal {
  /** Those that tests show, and enough for a consensus: each further one takes as long again. */
  private static final List<String> MODELS = List.of("blend", "oi-delta", "ladder");

  private PageJournal() {}

  /** Journals a market to its end, or to an interrupt. */
  static void write(final PageMarket market, final Path folder) throws Exception {
    final Path config =
        Files.writeString(
            folder.resolveSibling(folder.getFileName() + ".conf"), "map.models = " + MODELS);
    final EngineSettings settings =
        LiqmapConfig.load(config, RealData.root().resolve("config"))
            .engine()
            .withMode(ThreadingMode.INLINE);
    try (Engine engine = Engine.launch(settings, folder, Outputs.NONE)) {
      engine.run(market, ReplayPace.max());
      engine.finish();
    }
  }
}
