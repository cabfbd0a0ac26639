/**
 * From bytes to events: framing, envelopes, feed files, and the adapter that checks what comes in.
 */
package io.liqmap.engine.feed;
