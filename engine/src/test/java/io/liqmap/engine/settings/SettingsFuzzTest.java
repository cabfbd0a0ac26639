package io.liqmap.engine.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** Random settings: refused with {@link ConfigException}, or read. */
@Tag("fuzz")
final class SettingsFuzzTest {
  private static final Path CONFIG = Path.of("..", "config");

  @FuzzTest
  void shouldReadOrRefuseAFileOfSettings(final byte[] bytes) throws IOException {
    final Path file = Files.createTempFile("liqmap", ".conf");
    try {
      Files.write(file, bytes);
      final EngineSettings settings = LiqmapConfig.load(file, CONFIG).engine();
      final EngineSettings again = EngineConfig.parse(settings.text());
      assertEquals(settings.text(), again.text());
    } catch (final ConfigException refused) {
      assertFalse(refused.getMessage().isBlank());
    } finally {
      Files.delete(file);
    }
  }
}
