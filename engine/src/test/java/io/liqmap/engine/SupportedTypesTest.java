package io.liqmap.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the public signatures of the types that embedders may use to a kept listing. {@code
 * -Dliqmap.signatures=write} writes it again.
 */
final class SupportedTypesTest {
  private static final Path LISTING = Path.of("src/test/resources/supported-types.txt");
  private static final Path DOCUMENT = Path.of("ARCHITECTURE.md");

  @Test
  void shouldKeepTheSignaturesOfSupportedTypes() throws Exception {
    final StringBuilder listing = new StringBuilder();
    for (final String type : supportedTypes()) {
      listing.append(signatures(Class.forName(type)));
    }
    if ("write".equals(System.getProperty("liqmap.signatures"))) {
      Files.writeString(LISTING, listing);
    }
    assertEquals(Files.readString(LISTING), listing.toString());
  }

  @Test
  void shouldNameEachSupportedTypeInTheDocument() throws IOException {
    final Matcher section =
        Pattern.compile("Supported types: (.*?)\\.\\n", Pattern.DOTALL)
            .matcher(Files.readString(DOCUMENT));
    assertTrue(section.find(), "a paragraph of supported types");
    final Set<String> named =
        Pattern.compile("`(\\w+)`")
            .matcher(section.group(1))
            .results()
            .map((name) -> name.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(
        supportedTypes().stream()
            .map((type) -> type.substring(type.lastIndexOf('.') + 1))
            .collect(Collectors.toCollection(TreeSet::new)),
        named);
  }

  /** The listing's own lines that aren't indented. */
  private static List<String> supportedTypes() throws IOException {
    return Files.readAllLines(LISTING).stream()
        .filter(Predicate.not((line) -> line.startsWith(" ")))
        .toList();
  }

  private static String signatures(final Class<?> type) {
    final Stream<String> members =
        Stream.of(type.getFields(), type.getConstructors(), type.getMethods())
            .flatMap(Arrays::stream)
            .filter((member) -> ((Member) member).getDeclaringClass() == type)
            .filter((member) -> !((Member) member).isSynthetic())
            .map((member) -> signature((Member) member));
    return Stream.concat(Stream.of(type.getName()), members.map((line) -> "  " + line).sorted())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String signature(final Member member) {
    final String modifier = Modifier.isStatic(member.getModifiers()) ? "static " : "";
    if (member instanceof Field field) {
      return modifier + field.getType().getSimpleName() + " " + field.getName();
    }
    final Executable executable = (Executable) member;
    final String result =
        executable instanceof Method method ? method.getReturnType().getSimpleName() + " " : "new ";
    return modifier
        + result
        + (executable instanceof Method ? member.getName() : "")
        + names(executable.getParameterTypes(), "(", ")")
        + (executable.getExceptionTypes().length == 0
            ? ""
            : names(executable.getExceptionTypes(), " throws ", ""));
  }

  private static String names(final Class<?>[] types, final String before, final String after) {
    return Stream.of(types)
        .map(Class::getSimpleName)
        .collect(Collectors.joining(", ", before, after));
  }
}
