/**
 * Small programs to begin with: an engine in your process, and two that follow one from another.
 */
package io.liqmap.tools.example;
