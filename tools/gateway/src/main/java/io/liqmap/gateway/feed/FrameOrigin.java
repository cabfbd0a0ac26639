package io.liqmap.gateway.feed;

import io.liqmap.gateway.venue.ControlSink;

/**
 * Where frames come from.
 *
 * @param input of the venue
 * @param connection name of its plan
 * @param streams expected of it
 * @param control what its frames say about it goes there
 * @param tape of the venue
 */
public record FrameOrigin(
    VenueInput input,
    String connection,
    StreamTimes streams,
    ControlSink control,
    FrameTape tape) {}
