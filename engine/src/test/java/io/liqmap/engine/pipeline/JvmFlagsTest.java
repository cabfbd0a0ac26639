package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.support.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an embedder reads who starts Java without the flags. */
final class JvmFlagsTest {
  /** Launches an engine, and prints why it can't. */
  static final class Program {
    private Program() {}

    public static void main(final String[] args) throws IOException {
      try {
        final EngineSettings settings = EngineSettingsFixture.of(ThreadingMode.INLINE, 64, 1);
        Engine.launch(settings, null, Outputs.NONE).close();
        System.out.print("launched");
      } catch (final IllegalStateException e) {
        System.out.print(e.getMessage());
      }
    }
  }

  @Test
  void shouldNameTheFlagsThatAreMissing() throws Exception {
    final List<String> command = ChildJvm.command(Program.class, List.of());
    assertEquals("launched", output(command));
    command.removeIf((argument) -> argument.startsWith("@"));
    assertEquals(
        "Java was started without --add-exports=java.base/jdk.internal.misc=ALL-UNNAMED"
            + " --add-exports=java.base/jdk.internal.ref=ALL-UNNAMED"
            + " --add-exports=java.base/sun.nio.ch=ALL-UNNAMED"
            + " --add-opens=java.base/sun.nio.ch=ALL-UNNAMED"
            + " --add-opens=java.base/java.lang.reflect=ALL-UNNAMED"
            + "; start it with the flags of config/jvm.options ('java @config/jvm.options …')",
        output(command));
  }

  private static String output(final List<String> command) throws Exception {
    final Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    final byte[] output = process.getInputStream().readAllBytes();
    process.waitFor();
    return new String(output, StandardCharsets.UTF_8);
  }
}
