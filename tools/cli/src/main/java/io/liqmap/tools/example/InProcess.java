package io.liqmap.tools.example;

import io.liqmap.engine.core.clusters.MapEvent;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFileReader;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.market.MapState;
import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.EngineException;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.ReplayPace;
import io.liqmap.engine.settings.EngineConfig;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.shared.view.Questions;
import io.liqmap.engine.shared.view.ViewMemory;
import io.liqmap.engine.shared.view.ViewReader;
import io.liqmap.engine.shared.view.ViewSettings;
import io.liqmap.tools.command.ExitCodes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** An engine in this process: a listener counts sweeps, another thread asks the view. */
public final class InProcess {
  private InProcess() {}

  /** Runs the engine over a feed file, with the default settings. */
  public static void main(final String[] args) throws InterruptedException {
    if (args.length != 1) {
      System.err.println("usage: InProcess FEED");
      System.exit(2);
    }
    final EngineSettings settings = EngineConfig.defaults();
    final ViewMemory view =
        ViewMemory.inProcess(
            new ViewSettings(
                settings.maxInstruments(), 2048, 64, 32, settings.map().resolutionBps()));
    final Sweeps sweeps = new Sweeps();
    final Thread asking = new Thread(() -> ask(view), "asking");
    try (FeedFileReader feed = new FeedFileReader(Path.of(args[0]));
        Engine engine = Engine.launch(settings, null, new Outputs(sweeps, view, null))) {
      asking.start();
      engine.run(feed, ReplayPace.max());
      engine.finish(); // Ends the view, and with it the thread that asks.
      asking.join();
      System.out.println(engine.map().events() + " events, " + sweeps.count + " sweeps");
    } catch (final IOException | EngineException e) {
      System.err.println("InProcess: " + ExitCodes.message(e));
      System.exit(1);
    }
  }

  private static void ask(final ViewMemory view) {
    final ViewReader reader = new ViewReader(view, 0);
    final Questions questions = new Questions(reader);
    boolean hasEnded;
    do {
      hasEnded = view.hasEnded(); // Read first, so that the last publication is still read.
      if (reader.refresh()) {
        final int below = questions.nearest(Side.LONG, 0);
        final int above = questions.nearest(Side.SHORT, 0);
        System.out.printf(
            Locale.ROOT,
            "%d  mark %.2f  nearest peaks: %.2f below, %.2f above%n",
            reader.sequence(),
            reader.markPrice(),
            below < 0 ? Double.NaN : questions.peak(below),
            above < 0 ? Double.NaN : questions.peak(above));
      }
      LockSupport.parkNanos(hasEnded ? 0 : 100_000_000);
    } while (!hasEnded);
  }

  /** Counts sweeps on the map's thread, so it returns soon. */
  private static final class Sweeps implements MapListener {
    private long count;

    @Override
    public void onApplied(final FeedEvent event, final MapState map) {}

    @Override
    public void onMapEvent(final MapEvent event) {
      count += event.kind() == MapEvent.Kind.SWEPT ? 1 : 0;
    }
  }
}
