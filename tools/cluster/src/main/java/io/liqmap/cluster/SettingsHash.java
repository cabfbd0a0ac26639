package io.liqmap.cluster;

import io.liqmap.engine.journal.RunSettings;
import io.liqmap.engine.settings.EngineSettings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A hash of the settings that decide the state: equal on all members, or their states differ. */
final class SettingsHash {
  private SettingsHash() {}

  static long of(final EngineSettings settings) {
    return of(RunSettings.decisive(settings.text()).getBytes(StandardCharsets.UTF_8));
  }

  /** The first eight bytes of SHA-256. */
  static long of(final byte[] bytes) {
    try {
      final byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return ByteBuffer.wrap(digest).order(ByteOrder.LITTLE_ENDIAN).getLong();
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
