/** The engine: ring, threads, back-pressure, life cycle. */
package io.liqmap.engine.pipeline;
