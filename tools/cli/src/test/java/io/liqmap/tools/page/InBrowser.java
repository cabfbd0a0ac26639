package io.liqmap.tools.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/**
 * Gives tests the one {@link Browser} of this JVM and the one {@link ServedDay}; skips them where
 * no browser is installed. Both end with the JVM's tests.
 */
final class InBrowser implements BeforeAllCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(InBrowser.class);

  /**
   * What came of the start.
   *
   * @param browser null where none is installed
   * @param missing why there is none
   */
  private record Start(Browser browser, String missing) implements AutoCloseable {
    static Start attempt() {
      try {
        return new Start(Browser.start(), null);
      } catch (final NoBrowserException e) {
        return new Start(null, e.getMessage());
      } catch (final IOException e) {
        throw new UncheckedIOException(e);
      } catch (final InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() throws IOException {
      if (browser != null) {
        browser.close();
      }
    }
  }

  private static Start start(final ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Start.class, (key) -> Start.attempt(), Start.class);
  }

  @Override
  public void beforeAll(final ExtensionContext context) {
    final Start start = start(context);
    if (start.browser() == null) {
      throw new TestAbortedException("skipped: " + start.missing());
    }
  }

  @Override
  public boolean supportsParameter(
      final ParameterContext parameter, final ExtensionContext context) {
    final Class<?> type = parameter.getParameter().getType();
    return type == Browser.class || type == ServedDay.class;
  }

  @Override
  public Object resolveParameter(final ParameterContext parameter, final ExtensionContext context) {
    return parameter.getParameter().getType() == Browser.class
        ? start(context).browser()
        : day(context);
  }

  private static ServedDay day(final ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(ServedDay.class, (key) -> startDay(), ServedDay.class);
  }

  private static ServedDay startDay() {
    try {
      return ServedDay.start();
    } catch (final Exception e) {
      throw new IllegalStateException("serving the day to show failed", e);
    }
  }
}
