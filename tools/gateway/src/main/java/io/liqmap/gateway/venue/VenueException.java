package io.liqmap.gateway.venue;

import java.io.IOException;

/** A venue's answer isn't what was asked for. */
public final class VenueException extends IOException {
  private static final long serialVersionUID = 1;

  public VenueException(final String message) {
    super(message);
  }
}
