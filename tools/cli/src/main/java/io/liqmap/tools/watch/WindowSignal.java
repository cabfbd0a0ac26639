package io.liqmap.tools.watch;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether the window has changed its size: SIGWINCH, by the JDK's own class for signals, which
 * compilers warn of. Where there is none, the size is looked at from time to time alone.
 */
final class WindowSignal implements AutoCloseable {
  private static final String NAME = "WINCH";

  private final AtomicBoolean hasCome = new AtomicBoolean();
  private Object before;

  private WindowSignal() {}

  static WindowSignal listen() {
    final WindowSignal signal = new WindowSignal();
    try {
      final Class<?> handler = Class.forName("sun.misc.SignalHandler");
      signal.before =
          handle(
              Proxy.newProxyInstance(
                  handler.getClassLoader(),
                  new Class<?>[] {handler},
                  (proxy, method, words) -> {
                    if (method.getName().equals("handle")) {
                      signal.hasCome.set(true);
                    }
                    return null;
                  }));
    } catch (final ReflectiveOperationException | RuntimeException e) {
      signal.before = null;
    }
    return signal;
  }

  private static Object handle(final Object handler) throws ReflectiveOperationException {
    final Class<?> signal = Class.forName("sun.misc.Signal");
    return signal
        .getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"))
        .invoke(null, signal.getConstructor(String.class).newInstance(NAME), handler);
  }

  /** Whether it has come since it was asked last. */
  boolean hasCome() {
    return hasCome.getAndSet(false);
  }

  @Override
  public void close() {
    if (before != null) {
      try {
        handle(before);
      } catch (final ReflectiveOperationException e) {
        // It stays as it is until the process ends.
      }
    }
  }
}
