package io.liqmap.tools.example;

import io.liqmap.codecs.events.CalibrationChangedDecoder;
import io.liqmap.codecs.events.CascadeWarningDecoder;
import io.liqmap.codecs.events.ClusterChangedDecoder;
import io.liqmap.codecs.events.MessageHeaderDecoder;
import io.liqmap.codecs.events.QualityChangedDecoder;
import io.liqmap.codecs.events.SweepDecoder;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.shared.events.EventStreamReader;
import io.liqmap.engine.shared.view.ViewMemory;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/** Follows the events of an engine in another process, started with {@code run --share DIR}. */
public final class FollowEvents {
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final SweepDecoder sweep = new SweepDecoder();
  private final ClusterChangedDecoder cluster = new ClusterChangedDecoder();
  private final CascadeWarningDecoder cascade = new CascadeWarningDecoder();
  private final QualityChangedDecoder quality = new QualityChangedDecoder();
  private final CalibrationChangedDecoder calibration = new CalibrationChangedDecoder();
  private long last;

  /** Prints a line for each event, until the engine ends or the seconds are over. */
  public static void main(final String[] args) throws InterruptedException {
    final String given = args.length == 2 ? args[1] : "999999999";
    if (args.length < 1 || args.length > 2 || !given.matches("\\d{1,9}")) {
      System.err.println("usage: FollowEvents DIR [SECONDS]");
      System.exit(2);
    }
    final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(given));
    final FollowEvents events = new FollowEvents();
    try (EventStreamReader stream = EventStreamReader.open(Path.of(args[0], Outputs.EVENTS_FILE))) {
      // A killed writer doesn't end its stream; the view shows whether it lives.
      final ViewMemory view = ViewMemory.open(Path.of(args[0], Outputs.VIEW_FILE));
      System.out.println("joined");
      boolean isOver;
      do {
        // Read before the events, so that the last ones are still printed.
        isOver = stream.hasEnded() || !view.isWriterAlive() || System.nanoTime() - end >= 0;
        if (stream.poll(events::print, Integer.MAX_VALUE) == 0) {
          Thread.sleep(isOver ? 0 : 1);
        }
      } while (!isOver);
      System.out.println(stream.hasEnded() ? "the engine has ended" : "stopped");
    } catch (final NoSuchFileException e) {
      System.err.println(
          "FollowEvents: " + e.getMessage() + ", started with 'liqmap run --share DIR'");
      System.exit(1);
    } catch (final IOException | IllegalStateException e) {
      System.err.println("FollowEvents: " + e.getMessage());
      System.exit(1);
    }
  }

  private void print(final DirectBuffer buffer, final int offset, final int length) {
    header.wrap(buffer, offset);
    final long sequence = buffer.getLong(offset + MessageHeaderDecoder.ENCODED_LENGTH);
    if (last > 0 && sequence != last + 1) {
      System.out.println("lost " + (sequence - last - 1) + " events");
    }
    last = sequence;
    // The codecs print all fields of a message.
    System.out.println(
        sequence
            + "  "
            + switch (header.templateId()) {
              case SweepDecoder.TEMPLATE_ID -> sweep.wrapAndApplyHeader(buffer, offset, header);
              case ClusterChangedDecoder.TEMPLATE_ID ->
                  cluster.wrapAndApplyHeader(buffer, offset, header);
              case CascadeWarningDecoder.TEMPLATE_ID ->
                  cascade.wrapAndApplyHeader(buffer, offset, header);
              case QualityChangedDecoder.TEMPLATE_ID ->
                  quality.wrapAndApplyHeader(buffer, offset, header);
              case CalibrationChangedDecoder.TEMPLATE_ID ->
                  calibration.wrapAndApplyHeader(buffer, offset, header);
              default -> "a message of template " + header.templateId();
            });
  }
}
