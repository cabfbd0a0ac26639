/** The page's server: static files, answers about a journal, a live stream; loopback by default. */
package io.liqmap.tools.serve;
