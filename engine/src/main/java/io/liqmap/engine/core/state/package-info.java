/** State as bytes: written, read back and hashed. */
package io.liqmap.engine.core.state;
