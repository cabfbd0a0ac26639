/** The soak: the engine at a modest rate for as long as it is told, and what it takes up. */
package io.liqmap.benchmarks.soak;
