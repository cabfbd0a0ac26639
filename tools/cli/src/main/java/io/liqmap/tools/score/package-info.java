/** How well models account for the liquidations that a venue reported, beside controls. */
package io.liqmap.tools.score;
