package io.liqmap.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the rooms of the engine may use. */
@AnalyzeClasses(packages = "io.liqmap.engine", importOptions = ImportOption.DoNotIncludeTests.class)
final class WallsTest {
  private static final String ROOMS = "io.liqmap.engine.";
  private static final String JDK = "java..";
  private static final String AGRONA = "org.agrona..";
  private static final String CODECS = "io.liqmap.codecs..";

  @ArchTest static final ArchRule latticeUsesNothing = uses("lattice", AGRONA, room("lattice"));

  @ArchTest static final ArchRule marginUsesNothing = uses("margin", AGRONA, room("margin"));

  @ArchTest
  static final ArchRule modelUsesLatticeAndMargin =
      uses("model", AGRONA, room("model"), room("lattice"), room("margin"));

  @ArchTest
  static final ArchRule mapUsesTheCore =
      uses(
          "map",
          AGRONA,
          room("map"),
          room("model"),
          room("structure"),
          room("lattice"),
          room("margin"),
          room("state"));

  @ArchTest
  static final ArchRule viewUsesTheMapAndItsLevels =
      uses(
          "view",
          AGRONA,
          room("view"),
          room("files"),
          room("levels"),
          room("map"),
          room("structure"),
          room("margin"),
          room("lattice"));

  @ArchTest
  static final ArchRule streamUsesLevelsAndCodecs =
      uses("stream", AGRONA, room("stream"), room("files"), room("levels"), room("margin"), CODECS);

  @ArchTest static final ArchRule filesUseTheJdkAlone = uses("files", room("files"));

  @ArchTest static final ArchRule stateUsesNothing = uses("state", AGRONA, room("state"));

  @ArchTest
  static final ArchRule healthUsesTheFlightRecorder =
      uses("health", AGRONA, room("health"), room("files"), "jdk.jfr..");

  @ArchTest
  static final ArchRule onlyHealthKnowsTheFlightRecorder =
      noClasses()
          .that()
          .resideOutsideOfPackage(room("health"))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.jfr..");

  @ArchTest
  static final ArchRule structureUsesLatticeAndState =
      uses("structure", AGRONA, room("structure"), room("lattice"), room("state"));

  @ArchTest
  static final ArchRule levelsUseTheMap =
      uses(
          "levels",
          AGRONA,
          room("levels"),
          room("map"),
          room("margin"),
          room("lattice"),
          room("structure"),
          room("state"));

  @ArchTest
  static final ArchRule feedUsesCodecs = uses("feed", AGRONA, room("feed"), room("files"), CODECS);

  @ArchTest
  static final ArchRule journalUsesFeedCodecsAndTheQueue =
      uses(
          "journal", AGRONA, room("journal"), room("files"), room("feed"), CODECS, "net.openhft..");

  @ArchTest
  static final ArchRule onlyTheJournalKnowsTheQueue =
      noClasses()
          .that()
          .resideOutsideOfPackage(room("journal"))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("net.openhft..");

  @ArchTest
  static final ArchRule onlyThePipelineKnowsTheRing =
      noClasses()
          .that()
          .resideOutsideOfPackage(room("pipeline"))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.lmax..");

  @ArchTest
  static final ArchRule nobodyUsesThePipeline =
      noClasses()
          .that()
          .resideOutsideOfPackage(room("pipeline"))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(room("pipeline"));

  @ArchTest
  static final ArchRule theCoreKnowsNoCodecs =
      noClasses()
          .that()
          .resideInAnyPackage(
              room("lattice"),
              room("margin"),
              room("model"),
              room("map"),
              room("structure"),
              room("levels"),
              room("state"))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(CODECS);

  @ArchTest
  static final ArchRule theCoreReadsNoClockAndNoChance =
      noClasses()
          .that()
          .resideInAnyPackage(
              room("lattice"),
              room("margin"),
              room("model"),
              room("map"),
              room("structure"),
              room("levels"),
              room("state"),
              room("feed"))
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

  private static String room(final String name) {
    return ROOMS + name + "..";
  }

  /** A room may use the JDK, and what is named. */
  private static ArchRule uses(final String room, final String... allowed) {
    final String[] all = new String[allowed.length + 1];
    all[0] = JDK;
    System.arraycopy(allowed, 0, all, 1, allowed.length);
    return classes()
        .that()
        .resideInAPackage(room(room))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(all)
        .allowEmptyShould(true);
  }
}
