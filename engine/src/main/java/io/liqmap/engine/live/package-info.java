/**
 * Feeds of other processes, as they send them: pipes, sockets, a ring in shared memory.
 * engine/FEED.md has their bytes and rules.
 */
package io.liqmap.engine.live;
