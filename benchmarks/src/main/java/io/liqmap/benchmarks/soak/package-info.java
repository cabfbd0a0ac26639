/** The soak: the engine at a modest rate for a set time, and the resources it uses. */
package io.liqmap.benchmarks.soak;
