/** Tables of the command line in Parquet. */
package io.liqmap.parquet;
