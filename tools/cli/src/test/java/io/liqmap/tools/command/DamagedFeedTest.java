package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.Envelope;
import io.liqmap.tools.command.Cli.Ran;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each class of damage to a feed file, as its owner meets it: what comes before is used. */
@Tag("slow")
final class DamagedFeedTest {
  /** Where a header has its kind and its format. */
  private static final int KIND = 4;

  private static final int FORMAT = 5;

  @TempDir private static Path shared;
  private static Path[] feeds;
  private static byte[] whole;
  private static List<Block> blocks;
  private static List<String> lines;

  @TempDir private Path folder;

  /** A block of the whole feed. */
  private record Block(int start, int length, long eventsBefore) {
    byte[] bytes() {
      return Arrays.copyOfRange(whole, start, start + length);
    }
  }

  @BeforeAll
  static void importFeeds() throws IOException {
    feeds = Bars.feeds(shared);
    whole = Files.readAllBytes(feeds[0]);
    blocks = blocks();
    assertTrue(blocks.size() >= 4, "blocks " + blocks.size());
    lines = Cli.run("inspect", "--feed", feeds[0], "--limit", 0).done().lines();
  }

  private static List<Block> blocks() {
    final UnsafeBuffer buffer = new UnsafeBuffer(whole);
    final Envelope envelope = new Envelope();
    final List<Block> found = new ArrayList<>();
    int start = 0;
    long events = 0;
    while (start < whole.length) {
      envelope.read(buffer, start, Envelope.LENGTH);
      found.add(new Block(start, Envelope.LENGTH + envelope.payloadLength(), events));
      start += Envelope.LENGTH + envelope.payloadLength();
      events += envelope.count();
    }
    return found;
  }

  /** What may befall a feed file behind its first block. */
  enum Damage {
    BIT_OF_A_MAGIC,
    BIT_OF_A_KIND,
    BIT_OF_A_COUNT,
    BIT_OF_A_LENGTH,
    BIT_OF_A_CHECKSUM,
    BIT_OF_A_MESSAGE,
    PAGE_OF_ZEROS,
    BLOCKS_SWAPPED,
    BLOCK_DOUBLED,
    BLOCK_LOST,
    BLOCK_OF_ANOTHER_FEED,
    BLOCK_OF_ANOTHER_FORMAT,
    CUT_AT_A_BLOCK,
    CUT_IN_A_HEADER,
    CUT_WITHIN_A_BLOCK,
    ZEROS_FROM_A_BLOCK_ON,
    BYTES_BEHIND_THE_END
  }

  /** The damaged file, the byte where that is reported, the whole events before it, and how. */
  private record Damaged(Path feed, int at, long events, String flaw) {}

  private Damaged inflict(final Damage damage) throws IOException {
    final Block block = blocks.get(1);
    final Block next = blocks.get(2);
    final int at = block.start();
    return switch (damage) {
      case BIT_OF_A_MAGIC -> at(block, flipped(at), "no block starts here");
      case BIT_OF_A_KIND -> at(block, flipped(at + KIND), "invalid values");
      case BIT_OF_A_COUNT -> at(block, flipped(at + 12), "the checksum doesn't match");
      case BIT_OF_A_LENGTH -> at(block, flipped(at + 40), "the checksum doesn't match");
      case BIT_OF_A_CHECKSUM -> at(block, flipped(at + 56), "the checksum doesn't match");
      case BIT_OF_A_MESSAGE -> at(block, flipped(at + 900), "the checksum doesn't match");
      case PAGE_OF_ZEROS -> {
        final byte[] bytes = whole.clone();
        final int page = (at + 4_095) / 4_096 * 4_096;
        Arrays.fill(bytes, page, page + 4_096, (byte) 0);
        yield at(block, bytes, "the checksum doesn't match");
      }
      case BLOCKS_SWAPPED ->
          at(block, joined(first(), next.bytes(), block.bytes()), "the block is out of its place");
      case BLOCK_DOUBLED ->
          at(
              next,
              joined(first(), block.bytes(), block.bytes(), rest(next)),
              "the block is out of its place");
      case BLOCK_LOST -> at(block, joined(first(), rest(next)), "the block is out of its place");
      case BLOCK_OF_ANOTHER_FEED ->
          at(block, joined(first(), Files.readAllBytes(feeds[1])), "the block is out of its place");
      case BLOCK_OF_ANOTHER_FORMAT -> {
        final byte[] bytes = whole.clone();
        bytes[at + FORMAT] = 0;
        yield at(block, bytes, "block format 0 is not known, only 1 is");
      }
      case CUT_AT_A_BLOCK -> at(block, first(), "the file ends without its end block");
      case CUT_IN_A_HEADER -> at(block, Arrays.copyOf(whole, at + 40), "40 bytes where a block");
      case CUT_WITHIN_A_BLOCK ->
          at(block, Arrays.copyOf(whole, at + 900), "the file ends inside a block");
      case ZEROS_FROM_A_BLOCK_ON ->
          at(block, Arrays.copyOf(first(), whole.length), "no block starts here");
      case BYTES_BEHIND_THE_END ->
          new Damaged(
              write(Arrays.copyOf(whole, whole.length + 9)),
              whole.length,
              lines.size(),
              "9 bytes follow the end block");
    };
  }

  private Damaged at(final Block block, final byte[] bytes, final String flaw) throws IOException {
    return new Damaged(write(bytes), block.start(), block.eventsBefore(), flaw);
  }

  private Path write(final byte[] bytes) throws IOException {
    return Files.write(folder.resolve("damaged.feed"), bytes);
  }

  private static byte[] first() {
    return blocks.get(0).bytes();
  }

  private static byte[] rest(final Block from) {
    return Arrays.copyOfRange(whole, from.start(), whole.length);
  }

  private static byte[] flipped(final int at) {
    final byte[] bytes = whole.clone();
    bytes[at] ^= 8;
    return bytes;
  }

  private static byte[] joined(final byte[]... parts) {
    final ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (final byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void shouldSayWhereAndJournalWhatIsWhole(final Damage damage) throws IOException {
    final Damaged damaged = inflict(damage);
    final Path feed = damaged.feed();
    final byte[] before = Files.readAllBytes(feed);
    final Path journal = folder.resolve("journal");
    final String[] complaint = {
      "liqmap: " + feed + ": byte " + damaged.at() + ": ",
      damaged.flaw(),
      "the " + damaged.events() + " events before are whole"
    };

    final Ran ran = Cli.run("run", "--feed", feed, "--journal", journal, "--json").exits(3);
    ran.complains(complaint);
    final Map<String, Object> summary = ran.json();
    assertEquals(damaged.events(), JsonText.whole(summary, "events"));
    final Map<String, Object> replayed =
        Cli.run("replay", "--journal", journal, "--json").done().json();
    assertEquals(damaged.events(), JsonText.whole(replayed, "events"));
    assertEquals(summary.get("stateHash"), replayed.get("recordedStateHash"));
    Cli.run("verify", "--journal", journal).done();

    final Ran inspected = Cli.run("inspect", "--feed", feed, "--limit", 0).exits(3);
    inspected.complains(complaint);
    assertEquals(lines.subList(0, (int) damaged.events()), inspected.lines());
    assertArrayEquals(before, Files.readAllBytes(feed));
  }

  @Test
  void shouldResumeWithTheWholeFeedWhereTheDamagedOneBroke() throws IOException {
    final Damaged damaged = inflict(Damage.BIT_OF_A_MESSAGE);
    final Path feed = damaged.feed();
    final Path journal = folder.resolve("journal");
    Cli.run("run", "--feed", feed, "--journal", journal).exits(3);

    Cli.run("run", "--feed", feeds[0], "--journal", journal).done();
    final Path straight = folder.resolve("straight");
    Cli.run("run", "--feed", feeds[0], "--journal", straight).done();
    assertEquals(hash(straight), hash(journal));
  }

  private static Object hash(final Path journal) {
    return Cli.run("replay", "--journal", journal, "--json").done().json().get("stateHash");
  }

  @Test
  void shouldNameTheDamagedOneOfTwoFeeds() throws IOException {
    final Damaged damaged = inflict(Damage.BIT_OF_A_MESSAGE);
    final Path feed = damaged.feed();
    final Path journal = folder.resolve("journal");

    final Ran ran = Cli.run("run", "--feed", feed, feeds[1], "--journal", journal, "--json");
    ran.exits(3).complains("liqmap: " + feed + ": byte " + damaged.at() + ": ");
    assertTrue(JsonText.whole(ran.json(), "events") >= damaged.events());
    assertEquals(ran.json().get("stateHash"), hash(journal));
  }

  @Test
  void shouldStartNothingOnAFeedOfAnotherFormat() throws IOException {
    final byte[] bytes = whole.clone();
    bytes[FORMAT] = 0;
    final Path feed = Files.write(folder.resolve("old.feed"), bytes);
    final Path journal = folder.resolve("journal");

    final String[] complaint = {
      "liqmap: " + feed + ": not a feed file (block format 0 is not known, only 1 is)",
      "make one with 'liqmap import'"
    };
    Cli.run("run", "--feed", feed, "--journal", journal).exits(3).complains(complaint);
    Cli.run("inspect", "--feed", feed).exits(3).complains(complaint);
    assertFalse(Files.exists(journal));
  }
}
