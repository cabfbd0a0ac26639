package io.liqmap.engine.settings;

/**
 * A key of the settings, for people to read.
 *
 * @param key with its sections
 * @param value as a journal's settings have it
 * @param range values that it may have
 * @param description one sentence
 */
public record SettingDescription(String key, String value, String range, String description) {
  static <S> SettingDescription of(final String section, final Key<S, ?> key, final S settings) {
    return new SettingDescription(
        Section.join(section, key.name()), key.write(settings), key.range(), key.description());
  }
}
