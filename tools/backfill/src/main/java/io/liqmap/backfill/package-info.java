/** Years of history as a job of keyed days. */
package io.liqmap.backfill;
