/** The engine as the state machine of a replicated cluster. */
package io.liqmap.cluster;
