/** Hashes of the state as it runs, to compare engines that get the same feed. */
package io.liqmap.tools.hashes;
