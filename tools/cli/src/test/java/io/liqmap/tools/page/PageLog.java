package io.liqmap.tools.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.regex.Pattern;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.Logs;

/** What a page asked for and what went wrong in it, since the log was last cleared. */
final class PageLog {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LEAVES = Pattern.compile("(https?|wss?|ftp):");

  private final Logs logs;
  private final List<String> errors = new ArrayList<>();
  private final Map<String, String> urls = new LinkedHashMap<>();
  private final Map<String, Long> bytes = new LinkedHashMap<>();

  PageLog(final Logs logs) {
    this.logs = logs;
  }

  void clear() {
    read();
    errors.clear();
    urls.clear();
    bytes.clear();
  }

  /** Leaves out errors of loading that a test has caused. */
  void forgive(final String part) {
    read();
    errors.removeIf((error) -> error.contains("Failed to load resource") && error.contains(part));
  }

  /** Errors of scripts, of loading, and of the content security policy. */
  List<String> errors() {
    read();
    return List.copyOf(errors);
  }

  /** Requests that left the browser, in order; those of data, blobs and its own pages don't. */
  List<String> requests() {
    read();
    return urls.values().stream().filter((url) -> LEAVES.matcher(url).lookingAt()).toList();
  }

  /** Hosts other than the page's own that were asked for something. */
  List<String> foreign(final String origin) {
    return requests().stream().filter((url) -> !url.startsWith(origin + "/")).toList();
  }

  /** Bytes of the files of the page as transferred, headers included, by path. */
  Map<String, Long> weights() {
    read();
    final Map<String, Long> weights = new LinkedHashMap<>();
    bytes.forEach(
        (request, length) -> {
          final String url = urls.getOrDefault(request, "");
          if (url.startsWith("http") && !url.contains("/api/")) {
            weights.merge(URI.create(url).getPath(), length, Long::sum);
          }
        });
    return weights;
  }

  private void read() {
    for (final LogEntry entry : logs.get(LogType.BROWSER)) {
      if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
        errors.add(entry.getMessage());
      }
    }
    for (final LogEntry entry : logs.get(LogType.PERFORMANCE)) {
      try {
        read(JSON.readTree(entry.getMessage()).path("message"));
      } catch (final JsonProcessingException e) {
        throw new IllegalStateException(entry.getMessage(), e);
      }
    }
  }

  private void read(final JsonNode message) {
    final JsonNode event = message.path("params");
    final String request = event.path("requestId").asText();
    switch (message.path("method").asText()) {
      case "Network.requestWillBeSent" -> urls.put(request, event.at("/request/url").asText());
      case "Network.webSocketCreated" -> urls.put(request, event.path("url").asText());
      case "Network.loadingFinished" ->
          bytes.put(request, event.path("encodedDataLength").asLong());
      default -> {}
    }
  }
}
