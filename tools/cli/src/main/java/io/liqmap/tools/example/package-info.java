/** Programs to start from: an engine in your process, and two readers of one in another process. */
package io.liqmap.tools.example;
