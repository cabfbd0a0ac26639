package io.liqmap.backfill;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * What a backfill is asked for; sent to all machines.
 *
 * @param settings text of the engine's settings
 * @param out folder of the results
 * @param every length of columns, ns
 * @param isContinued whether days after a flawed one are computed from the last good one
 */
record BackfillOptions(String settings, String out, long every, boolean isContinued)
    implements Serializable {
  Path folder() {
    return Path.of(out);
  }

  /** Checksum of the settings' text, in hex. */
  String settingsHash() {
    final CRC32C crc = new CRC32C();
    final byte[] text = settings.getBytes(StandardCharsets.UTF_8);
    crc.update(text);
    return String.format("%08x%08x", crc.getValue(), text.length);
  }
}
