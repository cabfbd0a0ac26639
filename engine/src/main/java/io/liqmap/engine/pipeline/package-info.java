/** Ring, threads, back-pressure and life cycle: what drives map and journal. */
package io.liqmap.engine.pipeline;
