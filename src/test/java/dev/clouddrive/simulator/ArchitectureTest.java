package dev.clouddrive.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The directions of docs/architecture.md. */
@AnalyzeClasses(
    packages = "dev.clouddrive.simulator",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String ROOT = "dev.clouddrive.simulator";
  private static final String INTERNAL = ROOT + ".internal.";

  @ArchTest
  static final ArchRule DIRECTION =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("surface")
          .definedBy(
              ROOT + ".cli..", ROOT + ".cucumber..", ROOT + ".junit..", ROOT + ".assertions..")
          .layer("root")
          .definedBy(ROOT)
          .layer("assembly")
          .definedBy(INTERNAL + "assembly..")
          .layer("control")
          .definedBy(
              INTERNAL + "control..",
              INTERNAL + "console..",
              INTERNAL + "stub..",
              INTERNAL + "data..")
          .layer("amazon")
          .definedBy(INTERNAL + "amazon..")
          .layer("filestack")
          .definedBy(INTERNAL + "filestack..")
          .layer("webhook")
          .definedBy(INTERNAL + "webhook..")
          .layer("world")
          .definedBy(INTERNAL + "world..", INTERNAL + "fault..", INTERNAL + "journal..")
          .layer("transport")
          .definedBy(
              INTERNAL + "http..",
              INTERNAL + "client..",
              INTERNAL + "blob..",
              INTERNAL + "json..",
              INTERNAL + "media..")
          .layer("base")
          .definedBy(INTERNAL + "time..", INTERNAL + "ids..")
          .whereLayer("surface")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("root")
          .mayOnlyBeAccessedByLayers("surface")
          .whereLayer("assembly")
          .mayOnlyBeAccessedByLayers("root")
          .whereLayer("control")
          .mayOnlyBeAccessedByLayers("assembly", "root")
          .whereLayer("amazon")
          .mayOnlyBeAccessedByLayers("control", "assembly", "root")
          .whereLayer("filestack")
          .mayOnlyBeAccessedByLayers("control", "assembly", "root")
          .whereLayer("webhook")
          .mayOnlyBeAccessedByLayers("filestack", "control", "assembly", "root")
          .whereLayer("world")
          .mayOnlyBeAccessedByLayers(
              "webhook", "amazon", "filestack", "control", "assembly", "root")
          .because("a layer that knows the one above can't be read, tested or replaced alone");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices()
          .matching(INTERNAL + "(**)")
          .should()
          .beFreeOfCycles()
          .because("packages that know each other are one package");

  @ArchTest
  static final ArchRule VENDORS_APART =
      noClasses()
          .that()
          .resideInAPackage(INTERNAL + "filestack..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(INTERNAL + "amazon..")
          .because("Filestack knows Amazon by its wire alone, as in life");

  @ArchTest
  static final ArchRule ONLY_JSON_TOUCHES_JACKSON =
      noClasses()
          .that()
          .resideOutsideOfPackage(INTERNAL + "json..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.fasterxml.jackson..", "com.networknt..")
          .because("an embedder's Jackson of another version must meet one small place");

  @ArchTest
  static final ArchRule ONLY_THE_EDGES_TOUCH_UNDERTOW =
      noClasses()
          .that()
          .resideOutsideOfPackages(INTERNAL + "http..", INTERNAL + "client..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.undertow..", "org.xnio..")
          .because("services are functions; sockets are the edges' matter");

  @ArchTest
  static final ArchRule ONLY_STUB_TOUCHES_WIREMOCK =
      noClasses()
          .that()
          .resideOutsideOfPackage(INTERNAL + "stub..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.github.tomakehurst.wiremock..", "org.wiremock..")
          .because("whoever stubs nothing needs no WireMock on the class path");

  @ArchTest
  static final ArchRule ONLY_DATA_TOUCHES_THE_STORE =
      noClasses()
          .that()
          .resideOutsideOfPackage(INTERNAL + "data..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.h2..")
          .because("whoever keeps nothing needs no store on the class path");

  @ArchTest
  static final ArchRule ONLY_TIME_READS_A_CLOCK =
      noClasses()
          .that()
          .resideOutsideOfPackage(INTERNAL + "time..")
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(java.time.Clock.class)
          .because("one virtual clock rules everything that has a time");

  @ArchTest
  static final ArchRule ONLY_IDS_ARE_RANDOM =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(
              java.util.Random.class,
              java.security.SecureRandom.class,
              java.util.concurrent.ThreadLocalRandom.class)
          .orShould()
          .callMethod(java.util.UUID.class, "randomUUID")
          .orShould()
          .callMethod(Math.class, "random")
          .because("the same world, seed and calls give the same ids");

  @ArchTest
  static final ArchRule NOBODY_SLEEPS =
      noClasses()
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .because("time is moved, never waited for");

  @ArchTest
  static final ArchRule PUBLIC_API_SHOWS_JDK_TYPES =
      noMethods()
          .that()
          .areDeclaredInClassesThat()
          .resideInAPackage(ROOT)
          .and()
          .arePublic()
          .should()
          .haveRawReturnType(JavaClass.Predicates.resideInAPackage(ROOT + ".internal.."))
          .because("what an embedder imports must not change with the inside");
}
