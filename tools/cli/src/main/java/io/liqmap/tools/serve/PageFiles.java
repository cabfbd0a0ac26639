package io.liqmap.tools.serve;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The page's files, read from the class path once: a request names one of them or none, no path is
 * made of what it says.
 */
final class PageFiles {
  private static final String FOLDER = "io/liqmap/tools/page/";
  private static final String UPLOT = "META-INF/resources/webjars/uplot/1.6.30/dist/uPlot.";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "json", Body.JSON,
          "txt", "text/plain; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon");

  private final Map<String, Body> files = new HashMap<>();

  /**
   * Reads them.
   *
   * @throws IOException if this build has no page
   */
  PageFiles() throws IOException {
    for (final String name : names()) {
      add("/" + name, FOLDER + name);
    }
    add("/uplot.js", UPLOT + "iife.min.js");
    add("/uplot.css", UPLOT + "min.css");
    final String edition = edition();
    Map.copyOf(files).forEach((path, file) -> files.put('/' + edition + path, file.lasting()));
    final String index = new String(files.get("/index.html").bytes(), StandardCharsets.UTF_8);
    final Body page = Body.html(index.replace("\"./", '"' + edition + '/')).tagged();
    files.put("/", page);
    files.put("/index.html", page);
  }

  /**
   * Folder of the files with this content: a browser asks once for what is in it, and for other
   * files after an upgrade.
   */
  private String edition() {
    final CRC32C checksum = new CRC32C();
    files.keySet().stream().sorted().forEach((path) -> checksum.update(files.get(path).bytes()));
    return "page-" + Long.toHexString(checksum.getValue());
  }

  /** File of a path, null if there is none. */
  Body of(final String path) {
    return files.get(path);
  }

  private void add(final String path, final String resource) throws IOException {
    final String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
    if (type == null) {
      throw new IOException(resource + ": files of the page are " + TYPES.keySet());
    }
    try (InputStream in = PageFiles.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException(resource + ": isn't in this build; build it again");
      }
      files.put(path, Body.of(type, in.readAllBytes()).tagged());
    }
  }

  /** All files of the folder, in a jar or in a checkout. */
  private static List<String> names() throws IOException {
    final URL index = PageFiles.class.getClassLoader().getResource(FOLDER + "index.html");
    if (index == null) {
      throw new IOException(FOLDER + "index.html: isn't in this build; build it again");
    }
    if (index.openConnection() instanceof JarURLConnection jar) {
      return jar.getJarFile().stream()
          .map((entry) -> entry.getName())
          .filter((name) -> name.startsWith(FOLDER) && !name.endsWith("/"))
          .map((name) -> name.substring(FOLDER.length()))
          .toList();
    }
    final Path folder = Path.of(URI.create(index.toString())).getParent();
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map((file) -> folder.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }
}
