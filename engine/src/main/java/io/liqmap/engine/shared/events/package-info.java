/** Events as SBE messages in shared memory: one writer, any number of readers. */
package io.liqmap.engine.shared.events;
