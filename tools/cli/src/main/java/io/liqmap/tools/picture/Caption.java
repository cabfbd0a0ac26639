package io.liqmap.tools.picture;

/**
 * What is written on a picture.
 *
 * @param title whose map, and when
 * @param subtitle which map: model, window, what it covers
 * @param note what it is not
 * @param unit of amounts
 */
public record Caption(String title, String subtitle, String note, String unit) {}
