/** What the commands answer: one record tree per answer, from which JSON, text and CSV are made. */
package io.liqmap.tools.answer;
