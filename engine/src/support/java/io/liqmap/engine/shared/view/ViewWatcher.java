package io.liqmap.engine.shared.view;

import java.io.IOException;
import java.nio.file.Path;

/** A process that watches numbered states in a file until their writer ends. */
final class ViewWatcher {
  private ViewWatcher() {}

  /**
   * Says when it is ready, when it has seen enough, and which publication was the last; ends with 1
   * at the first mixture.
   *
   * @param args path of the view, states that are enough
   */
  public static void main(final String[] args) throws IOException {
    final ViewMemory memory = ViewMemory.open(Path.of(args[0]));
    final ViewReader view = new ViewReader(memory, 0);
    long states = Long.parseLong(args[1]);
    long before = 0;
    System.out.println("ready");
    boolean ended = false;
    while (!ended) {
      // What was published before the end has to be seen after it.
      ended = memory.hasEnded();
      while (view.refresh()) {
        final String fault = NumberedStates.fault(view);
        if (fault != null || view.publication() <= before) {
          System.out.println(fault + " behind " + before);
          System.exit(1);
        }
        before = view.publication();
        states--;
        if (states == 0) {
          System.out.println("seen enough");
        }
      }
    }
    System.out.println("last " + before);
  }
}
