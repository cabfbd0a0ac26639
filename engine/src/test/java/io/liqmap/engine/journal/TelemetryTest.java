package io.liqmap.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TelemetryTest {
  @Test
  void shouldNotHaveTheAnalyticsOfChronicleOnTheClassPath() {
    assertThrows(
        ClassNotFoundException.class,
        () -> Class.forName("net.openhft.chronicle.analytics.Analytics"));
  }

  @Test
  void shouldNotHaveWhatUnpacksNativeCodeIntoTheHomeOnTheClassPath() {
    assertThrows(ClassNotFoundException.class, () -> Class.forName("com.sun.jna.Native"));
  }

  @Test
  void shouldSwitchAnalyticsOffInTheFlagsOfTheJvm() {
    assertEquals("true", System.getProperty("chronicle.analytics.disable"));
  }
}
