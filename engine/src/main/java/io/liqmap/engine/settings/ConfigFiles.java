package io.liqmap.engine.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Parses files of settings and lays them over one another. */
final class ConfigFiles {
  private static final String INSTRUMENTS = "instruments";
  private static final String SYMBOL = "symbol";
  private static final String VENUE = "venue";
  private static final String PRESET = "preset";
  private static final String PRESETS = "presets";
  private static final Set<String> OF_A_PRESET = Set.of("pipeline", "journal");

  /** Without the environment, whose secrets would end up in errors and journals. */
  private static final ConfigResolveOptions ALONE = ConfigResolveOptions.noSystem();

  private static final long MAX_BYTES = 16 << 20;

  private final Problems problems;

  ConfigFiles(final Problems sink) {
    problems = sink;
  }

  /**
   * The defaults, over them the preset that was chosen, and over both a user's file.
   *
   * @throws ConfigException if a file is missing or isn't HOCON
   */
  ConfigObject read(final Path userFile, final Path directory) {
    final Config engine = defaults(directory, "engine.conf");
    final Config instruments = defaults(directory, "instruments.conf");
    final Config user = userFile == null ? ConfigFactory.empty() : parse(userFile);
    problems.raise();
    final Config defaults = engine.withFallback(instruments);
    final Config chosen = guard("the settings", () -> user.withFallback(defaults).resolve(ALONE));
    problems.raise();
    final Config merged =
        guard(
            "the settings",
            () -> user.withFallback(preset(chosen.root())).withFallback(defaults).resolve(ALONE));
    final Config plain = guard("the settings", () -> defaults.resolve(ALONE));
    problems.raise();
    return overlaid(plain.root(), merged.root());
  }

  /**
   * One file alone.
   *
   * @throws ConfigException if it is missing or isn't HOCON
   */
  ConfigObject read(final Path file) {
    final Config config = guard(file.toString(), () -> parse(file).resolve(ALONE));
    problems.raise();
    return config.root();
  }

  /** The settings of the preset that was chosen; none, and a problem, if there is no such. */
  private Config preset(final ConfigObject settings) {
    final ConfigValue name = settings.get(PRESET);
    if (name == null || !(settings.get(PRESETS) instanceof ConfigObject presets)) {
      // Reported as missing when they are read.
      return ConfigFactory.empty();
    }
    if (!(presets.get(String.valueOf(name.unwrapped())) instanceof ConfigObject preset)) {
      problems.add(
          name.origin(),
          PRESET,
          name.render(ConfigRenderOptions.concise()),
          String.join(" or ", new TreeSet<>(presets.keySet())));
      return ConfigFactory.empty();
    }
    for (final String key : new TreeSet<>(preset.keySet())) {
      if (!OF_A_PRESET.contains(key)) {
        problems.add(
            preset.get(key).origin(),
            PRESETS + "." + name.unwrapped() + "." + key,
            "this section",
            String.join(" or ", new TreeSet<>(OF_A_PRESET)));
      }
    }
    return preset.toConfig();
  }

  /**
   * Settings as a journal keeps them.
   *
   * @throws ConfigException if the text isn't HOCON
   */
  ConfigObject readText(final String text, final String description) {
    final Config config =
        guard(
            description,
            () -> {
              final Config parsed =
                  ConfigFactory.parseString(
                      text,
                      ConfigParseOptions.defaults()
                          .setOriginDescription(description)
                          .setIncluder(NoIncludes.INSTANCE));
              if (!parsed.isResolved()) {
                // A few lines of them can grow to any size.
                throw new com.typesafe.config.ConfigException.Generic(
                    "it holds substitutions, which no engine writes");
              }
              return parsed;
            });
    problems.raise();
    return config.root();
  }

  private Config defaults(final Path directory, final String name) {
    if (directory != null) {
      return parse(directory.resolve(name));
    }
    try (InputStream shipped = ConfigFiles.class.getResourceAsStream(name)) {
      return ConfigFactory.parseString(
          new String(shipped.readAllBytes(), StandardCharsets.UTF_8),
          ConfigParseOptions.defaults().setOriginDescription(name + " of the engine"));
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Config parse(final Path file) {
    if (!Files.isRegularFile(file)) {
      problems.add(ConfigOriginFactory.newFile(file.toString()), "there is no such file");
      return ConfigFactory.empty();
    }
    if (file.toFile().length() > MAX_BYTES) {
      problems.add(
          ConfigOriginFactory.newFile(file.toString()),
          "is larger than any settings are, " + MAX_BYTES + " bytes at most");
      return ConfigFactory.empty();
    }
    if (goesTooFar(file)) {
      return ConfigFactory.empty();
    }
    return guard(
        file.toString(),
        () ->
            ConfigFactory.parseFile(
                file.toFile(),
                ConfigParseOptions.defaults()
                    .setAllowMissing(false)
                    .setIncluder(NoIncludes.INSTANCE)));
  }

  private boolean goesTooFar(final Path file) {
    try {
      final String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      final Expansion.Excess excess = Expansion.of(text);
      if (excess != null) {
        problems.add(
            ConfigOriginFactory.newFile(file.toString()).withLineNumber(excess.line()),
            excess.text());
      }
      return excess != null;
    } catch (final IOException e) {
      problems.add(
          ConfigOriginFactory.newFile(file.toString()), "reading failed: " + e.getMessage());
      return true;
    }
  }

  private Config guard(final String what, final Supplier<Config> action) {
    try {
      return action.get();
    } catch (final com.typesafe.config.ConfigException e) {
      if (e.origin() == null) {
        problems.add(ConfigOriginFactory.newSimple(what), "reading failed: " + e.getMessage());
      } else {
        final String prefix = e.origin().description() + ": ";
        final String message = e.getMessage();
        problems.add(
            e.origin(),
            "reading failed: "
                + (message.startsWith(prefix) ? message.substring(prefix.length()) : message));
      }
      return ConfigFactory.empty();
    } catch (final StackOverflowError e) {
      problems.add(ConfigOriginFactory.newSimple(what), "reading failed: it is nested too deeply");
      return ConfigFactory.empty();
    }
  }

  /**
   * Lists replace each other in HOCON. Instruments are added instead, and one that the defaults
   * have, by venue and symbol or by a symbol of one venue alone, is laid over it.
   */
  private ConfigObject overlaid(final ConfigObject defaults, final ConfigObject merged) {
    if (!(defaults.get(INSTRUMENTS) instanceof ConfigList ours)
        || !(merged.get(INSTRUMENTS) instanceof ConfigList theirs)
        || ours.equals(theirs)) {
      return merged;
    }
    final List<ConfigValue> result = new ArrayList<>(ours);
    final Set<Integer> seen = new HashSet<>();
    for (final ConfigValue value : theirs) {
      final List<Integer> places = places(ours, value);
      if (places.size() > 1) {
        problems.add(value.origin(), severalVenues(ours, places));
      } else if (places.size() == 1 && seen.add(places.get(0))) {
        result.set(places.get(0), value.withFallback(ours.get(places.get(0))));
      } else {
        // An instrument that the user gives twice stays twice, to be reported.
        result.add(value);
      }
    }
    return merged.withValue(
        INSTRUMENTS, ConfigValueFactory.fromIterable(result).withOrigin(theirs.origin()));
  }

  /** Where the defaults have an instrument of a user's; several places if it names no venue. */
  private static List<Integer> places(final ConfigList ours, final ConfigValue theirs) {
    final String symbol = text(theirs, SYMBOL);
    final String venue = text(theirs, VENUE);
    final List<Integer> places = new ArrayList<>();
    for (int i = 0; i < ours.size() && !symbol.isEmpty(); i++) {
      if (symbol.equals(text(ours.get(i), SYMBOL))
          && (venue.isEmpty() || venue.equals(text(ours.get(i), VENUE)))) {
        places.add(i);
      }
    }
    return places;
  }

  private static String severalVenues(final ConfigList ours, final List<Integer> places) {
    return INSTRUMENTS
        + ": "
        + text(ours.get(places.get(0)), SYMBOL)
        + " is an instrument of "
        + places.stream()
            .map((place) -> text(ours.get(place), VENUE))
            .collect(Collectors.joining(" and "))
        + ": give its venue";
  }

  private static String text(final ConfigValue instrument, final String key) {
    return instrument instanceof ConfigObject object
            && object.get(key) != null
            && object.get(key).valueType() == ConfigValueType.STRING
        ? (String) object.get(key).unwrapped()
        : "";
  }
}
