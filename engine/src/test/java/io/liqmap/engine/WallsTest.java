package io.liqmap.engine;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.Configuration.consideringOnlyDependenciesInDiagram;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.adhereToPlantUmlDiagram;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Holds the engine to the two drawings of its rooms in ARCHITECTURE.md. */
@AnalyzeClasses(packages = "io.liqmap.engine", importOptions = ImportOption.DoNotIncludeTests.class)
final class WallsTest {
  private static final Path DRAWINGS = Path.of("ARCHITECTURE.md");
  private static final Pattern DRAWING = Pattern.compile("```plantuml\\n(.*?)```", Pattern.DOTALL);
  private static final String CORE = "io.liqmap.engine.core..";

  @ArchTest
  static void shouldUseOnlyWhatTheDrawingsAllow(final JavaClasses engine) throws IOException {
    final List<String> drawings =
        DRAWING
            .matcher(Files.readString(DRAWINGS))
            .results()
            .map((drawing) -> drawing.group(1))
            .toList();
    assertEquals(2, drawings.size(), "a drawing of the engine, and one of its core");
    adheresTo(drawings.get(0), engine);
    adheresTo(drawings.get(1), engine.that(resideInAPackage(CORE)));
  }

  private static void adheresTo(final String drawing, final JavaClasses rooms) throws IOException {
    final Path file = Files.createTempFile("rooms", ".puml");
    try {
      Files.writeString(file, drawing);
      classes()
          .should(adhereToPlantUmlDiagram(file, consideringOnlyDependenciesInDiagram()))
          .check(rooms);
    } finally {
      Files.delete(file);
    }
  }

  @ArchTest
  static final ArchRule theCoreUsesTheJdkAndBuffersAlone =
      classes()
          .that()
          .resideInAPackage(CORE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(CORE, "java..", "org.agrona..");

  @ArchTest
  static final ArchRule onlyTheJournalKnowsTheQueue = onlyUsedIn("journal", "net.openhft..");

  @ArchTest
  static final ArchRule onlyThePipelineKnowsTheRing = onlyUsedIn("pipeline", "com.lmax..");

  @ArchTest
  static final ArchRule onlyTheCountersKnowTheFlightRecorder =
      onlyUsedIn("shared.counters", "jdk.jfr..");

  @ArchTest
  static final ArchRule onlyTheSettingsKnowHocon = onlyUsedIn("settings", "com.typesafe..");

  @ArchTest
  static final ArchRule stateFollowsFromEventsAlone =
      noClasses()
          .that()
          .resideInAnyPackage(CORE, "io.liqmap.engine.feed..", "io.liqmap.engine.market..")
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .orShould()
          .callMethod(System.class, "getProperty", String.class)
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching("java\\.util\\.(Random|SplittableRandom)|java\\.time\\.Clock");

  @ArchTest
  static final ArchRule namesSayWhatAClassIs =
      noClasses().should().haveNameMatching(".*(Impl|Manager|Utils?|Helper)");

  private static ArchRule onlyUsedIn(final String room, final String library) {
    return classes()
        .that(resideInAPackage("io.liqmap.engine.."))
        .and(not(resideInAPackage("io.liqmap.engine." + room + "..")))
        .should()
        .onlyDependOnClassesThat(not(resideInAPackage(library)));
  }
}
