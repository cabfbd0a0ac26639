/** Frames of venues to messages of the feed: the one path of live and recorded frames. */
package io.liqmap.gateway.feed;
