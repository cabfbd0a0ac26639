package io.liqmap.cluster;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.pipeline.EngineException;
import io.liqmap.tools.answer.Format;
import io.liqmap.tools.answer.Json;
import io.liqmap.tools.command.ExitCodes;
import io.liqmap.tools.command.FeedConverter;
import io.liqmap.tools.command.Feeds;
import io.liqmap.tools.hashes.HashLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.agrona.CloseHelper;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code liqmap cluster check}: the same frames alone, against the hashes of members. */
@Command(
    name = "check",
    description = {
      "Applies the frames of a feed alone, and compares the state with the hashes that members",
      "wrote, at each of them. The feeds are those of one 'cluster feed', the first of the cluster.",
      "Exit code 1 where a hash differs."
    })
final class CheckCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(
      names = "--feed",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      converter = FeedConverter.class,
      description = "Feed files.")
  private List<String> feeds;

  @Option(
      names = "--hashes",
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Hashes of members of one shard, as copied from their machines (default: all in the cluster's folder here).")
  private List<Path> hashes = List.of();

  @Option(
      names = "--shard",
      paramLabel = "NAME",
      description = "Shard of those files (default: the only one).")
  private String shard;

  @Option(names = "--json", description = "Print it as JSON.")
  private boolean json;

  /**
   * What a check found.
   *
   * @param files what each file was found to be
   * @param equal whether all hashes are equal
   */
  record CheckAnswer(boolean equal, List<OfShard> shards, List<OfFile> files) {}

  /**
   * A shard's frames applied alone.
   *
   * @param stateHash after the last frame
   */
  record OfShard(String shard, long events, String stateHash) {}

  /**
   * A file of hashes.
   *
   * @param compared lines at counts of events that the feed reaches
   * @param beyond lines after its end
   * @param difference the first line that differs, and what it should be; null for none
   */
  record OfFile(String shard, String file, long compared, long beyond, String difference) {}

  @Override
  public Integer call() throws IOException, EngineException {
    final ClusterSettings settings = config.load();
    final Map<Shard, Map<Path, Map<Long, HashLog.Line>>> files = files(settings);
    final List<ShardReplay> replays = new ArrayList<>();
    try (Feeds opened = Feeds.open(feeds, config.commandLine(), config::say)) {
      for (final Shard one : settings.shards()) {
        final Set<Long> at = new HashSet<>();
        files.getOrDefault(one, Map.of()).values().forEach((lines) -> at.addAll(lines.keySet()));
        replays.add(new ShardReplay(settings.engine().engine(), at));
      }
      apply(settings, opened.source(), replays);
      final CheckAnswer answer = compare(settings, files, replays);
      print(answer);
      requireCompared(answer, !hashes.isEmpty());
      return answer.equal() ? ExitCodes.DONE : ExitCodes.FAILED;
    } finally {
      CloseHelper.quietCloseAll(replays);
    }
  }

  /**
   * Requires that something was compared.
   *
   * @param isNamed whether the files were named: each has to have a hash then
   */
  static void requireCompared(final CheckAnswer answer, final boolean isNamed) throws IOException {
    final boolean isAny = answer.files().stream().anyMatch((file) -> file.compared() > 0);
    for (final OfFile file : answer.files()) {
      if (file.compared() == 0 && (isNamed || !isAny)) {
        throw new IOException(
            file.file()
                + ": nothing was compared, as it has no hash within the events of this feed; give the feed of the"
                + " cluster, or a smaller hash-every, and whole copies of its members' hashes");
      }
    }
  }

  private static void apply(
      final ClusterSettings settings, final BlockSource source, final List<ShardReplay> replays)
      throws IOException, EngineException {
    final FrameRouter router =
        new FrameRouter(
            settings,
            (to, block, offset, length, shift, isLast) ->
                replays.get(to).add(block, offset, length, shift, isLast));
    while (source.nextBlock()) {
      router.route(source.buffer(), source.offset(), source.length());
    }
    for (final ShardReplay replay : replays) {
      replay.end();
    }
  }

  private Map<Shard, Map<Path, Map<Long, HashLog.Line>>> files(final ClusterSettings settings)
      throws IOException {
    final Map<Shard, Map<Path, Map<Long, HashLog.Line>>> files = new LinkedHashMap<>();
    if (!hashes.isEmpty()) {
      final Map<Path, Map<Long, HashLog.Line>> named = new LinkedHashMap<>();
      for (final Path file : hashes) {
        named.put(file, HashLog.read(file));
      }
      files.put(config.shard(settings, shard), named);
      return files;
    }
    for (final Shard one : settings.shards()) {
      final Map<Path, Map<Long, HashLog.Line>> found = new LinkedHashMap<>();
      for (final Member member : settings.members()) {
        final Path file = settings.hashes(one, member.id());
        if (Files.exists(file)) {
          found.put(file, HashLog.read(file));
        }
      }
      files.put(one, found);
    }
    if (files.values().stream().allMatch(Map::isEmpty)) {
      throw config.usage(
          settings.folder() + ": no member has hashes there; name copies of them with --hashes");
    }
    return files;
  }

  private static CheckAnswer compare(
      final ClusterSettings settings,
      final Map<Shard, Map<Path, Map<Long, HashLog.Line>>> files,
      final List<ShardReplay> replays) {
    final List<OfShard> shards = new ArrayList<>();
    final List<OfFile> compared = new ArrayList<>();
    for (final Shard one : settings.shards()) {
      final ShardReplay replay = replays.get(one.number());
      shards.add(new OfShard(one.name(), replay.events(), Format.hash(replay.stateHash())));
      files
          .getOrDefault(one, Map.of())
          .forEach((file, lines) -> compared.add(ofFile(one, file, lines, replay)));
    }
    return new CheckAnswer(
        compared.stream().allMatch((file) -> file.difference() == null), shards, compared);
  }

  private static OfFile ofFile(
      final Shard shard,
      final Path file,
      final Map<Long, HashLog.Line> lines,
      final ShardReplay replay) {
    long compared = 0;
    long beyond = 0;
    String difference = null;
    for (final HashLog.Line line : lines.values()) {
      final HashLog.Line alone = replay.hashes().get(line.events());
      if (alone == null) {
        beyond++;
      } else {
        compared++;
        if (!alone.equals(line) && difference == null) {
          difference = "has '" + line + "', alone it is '" + alone + "'";
        }
      }
    }
    return new OfFile(shard.name(), file.toString(), compared, beyond, difference);
  }

  private void print(final CheckAnswer answer) throws IOException {
    final PrintWriter out = config.commandLine().getOut();
    if (json) {
      Json.write(answer, out);
    } else {
      for (final OfShard one : answer.shards()) {
        out.println(
            "shard "
                + one.shard()
                + ": "
                + Format.count(one.events())
                + " events, state "
                + one.stateHash());
      }
      for (final OfFile file : answer.files()) {
        out.println(
            file.file()
                + ": "
                + (file.difference() == null
                    ? Format.count(file.compared()) + " hashes equal"
                    : Format.printable(file.difference()))
                + (file.beyond() == 0
                    ? ""
                    : ", " + Format.count(file.beyond()) + " after the feed's end not compared"));
      }
    }
    out.flush();
  }
}
