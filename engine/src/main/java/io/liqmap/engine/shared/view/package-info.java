/** The published view: one writer, any number of readers in any process, and what they can ask. */
package io.liqmap.engine.shared.view;
