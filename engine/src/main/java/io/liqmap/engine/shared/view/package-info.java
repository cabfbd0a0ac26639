/**
 * The published view: one writer, any number of readers in any process, and their questions.
 *
 * <p>Embedders may use {@code ViewMemory}, {@code ViewReader}, {@code ViewSettings} and {@code
 * Questions}; other types are internal.
 */
package io.liqmap.engine.shared.view;
