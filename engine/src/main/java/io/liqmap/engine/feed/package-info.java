/** Bytes to events: frames, envelopes, feed files, and the adapter that checks them. */
package io.liqmap.engine.feed;
