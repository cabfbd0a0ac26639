/** A journal's history: followed to its end, sampled in columns, kept beside the journal. */
package io.liqmap.tools.history;
