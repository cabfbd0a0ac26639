/** Answers of the commands: one record tree each, printed as JSON, text or CSV. */
package io.liqmap.tools.answer;
