/** The published view: one writer, any number of readers in any process, and their questions. */
package io.liqmap.engine.shared.view;
