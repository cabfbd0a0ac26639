/**
 * Settings and instruments, read from files and journals; the text that a journal carries.
 *
 * <p>Embedders may use {@code EngineConfig}, {@code EngineSettings} and {@code ConfigException};
 * other types are internal.
 */
package io.liqmap.engine.settings;
