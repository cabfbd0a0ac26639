package io.liqmap.tools.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Serves the page and its answers about one journal over HTTP, until it is closed. For any thread.
 *
 * <p>Each connection has at most one thread, so a client that sends or reads slowly holds nothing
 * but its own.
 */
final class PageServer implements AutoCloseable {
  private static final int MAX_CONNECTIONS = 256;

  /** A connection's next request may begin before the thread of its last is free. */
  private static final int SPARE_THREADS = 32;

  /** Answers that are being made at once, streams aside. */
  private static final int MAX_ANSWERS = 64;

  /** Bytes above which few answers are sent at once, and how many. */
  private static final int LARGE = 1 << 22;

  private static final int MAX_LARGE = 24;

  private static final long THREAD_SECONDS = 30;

  static {
    // Read once, when the first server of the process is made.
    limit("jdk.httpserver.maxConnections", MAX_CONNECTIONS);
    limit("sun.net.httpserver.maxIdleConnections", MAX_CONNECTIONS);
    limit("sun.net.httpserver.idleInterval", 60);
    limit("sun.net.httpserver.maxReqTime", 10);
    limit("sun.net.httpserver.maxReqHeaders", 64);
    limit("sun.net.httpserver.maxReqHeaderSize", 16_384);
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Binding binding;
  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final WriteLimit writes;
  private final Semaphore answers = new Semaphore(MAX_ANSWERS);
  private final Semaphore large = new Semaphore(MAX_LARGE);
  private final PageFiles files = new PageFiles();
  private final Gate gate;
  private final Api api;

  private PageServer(
      final Binding binding, final Api api, final WriteLimit writes, final HttpServer server)
      throws IOException {
    this.binding = binding;
    this.api = api;
    this.writes = writes;
    this.server = server;
    gate = new Gate(binding.given(), binding.address(), server.getAddress().getPort());
    final AtomicInteger number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            0,
            MAX_CONNECTIONS + SPARE_THREADS,
            THREAD_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            (task) -> {
              final Thread thread = new Thread(task, "liqmap-http-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  private static void limit(final String property, final int value) {
    System.setProperty(property, Integer.toString(value));
  }

  /**
   * Starts one.
   *
   * @throws IOException if the port is taken, or this build has no page
   */
  static PageServer start(final Binding binding, final Api api, final WriteLimit writes)
      throws IOException {
    final HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(binding.address(), binding.port()), 0);
    } catch (final BindException e) {
      throw binding.taken(e);
    }
    try {
      final PageServer page = new PageServer(binding, api, writes, server);
      server.start();
      return page;
    } catch (final IOException | RuntimeException e) {
      server.stop(0);
      throw e;
    }
  }

  /** Where a browser finds the page, the token included. */
  String url() {
    final String host =
        Gate.name(binding.address().isAnyLocalAddress() ? "localhost" : binding.given());
    final String root = "http://" + host + ":" + port() + "/";
    return binding.token() == null ? root : root + "?token=" + binding.token().text();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void handle(final HttpExchange exchange) throws IOException {
    try (exchange) {
      final Reply reply = new Reply(exchange, writes);
      try {
        gate.check(exchange);
        answer(reply);
      } catch (final Problem e) {
        reply.send(e);
      } catch (final RuntimeException e) {
        reply.send(new Problem(Problem.FAILED, "the request failed: " + e));
      }
    }
  }

  private void answer(final Reply reply) throws IOException, Problem {
    final HttpExchange exchange = reply.exchange();
    if (binding.token() != null) {
      final String clean = binding.token().exchange(exchange);
      if (clean != null) {
        reply.redirect(clean);
        return;
      }
      if (!binding.token().isIn(exchange)) {
        refuse(reply);
        return;
      }
    }
    final String path = exchange.getRequestURI().getRawPath();
    final Body file = files.of(path);
    if (file != null) {
      reply.send(file);
      return;
    }
    final String query = exchange.getRequestURI().getRawQuery();
    if (path.equals(Api.LIVE)) {
      api.stream(query, reply);
      return;
    }
    final Body body;
    if (!answers.tryAcquire()) {
      throw new Problem(Problem.TOO_MANY, "too many requests at once; try again");
    }
    try {
      body = api.answer(path, query);
    } finally {
      answers.release();
    }
    send(body, reply);
  }

  /** Bounds what large answers take while clients are slow to read them. */
  private void send(final Body body, final Reply reply) throws IOException, Problem {
    if (body.bytes().length < LARGE) {
      reply.send(body);
      return;
    }
    if (!large.tryAcquire()) {
      throw new Problem(Problem.TOO_MANY, "too many large answers at once; try again");
    }
    try {
      reply.send(body);
    } finally {
      large.release();
    }
  }

  /** Says where the token is; a browser gets a page. */
  private static void refuse(final Reply reply) throws IOException, Problem {
    reply.exchange().getResponseHeaders().set("WWW-Authenticate", "Bearer");
    if (!"/".equals(reply.exchange().getRequestURI().getRawPath())) {
      throw new Problem(
          Problem.UNAUTHORIZED,
          "open the address with the token that liqmap printed, or send it as 'Authorization: Bearer'");
    }
    // Browsers send the session only where the way here began here.
    reply.send(
        Problem.UNAUTHORIZED,
        Body.html(
            "<!doctype html><meta charset=utf-8><title>liqmap</title><p>Open the address with the"
                + " token that liqmap printed when it started. If you did, <a href=\"/\">go"
                + " on</a>."));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
