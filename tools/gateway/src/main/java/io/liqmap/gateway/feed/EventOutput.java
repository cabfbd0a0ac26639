package io.liqmap.gateway.feed;

import io.liqmap.engine.feed.FeedEvent;

/** Takes events of the feed, in order. One thread. */
public interface EventOutput {
  /** Takes one event, which it must not keep. */
  void accept(FeedEvent event);
}
