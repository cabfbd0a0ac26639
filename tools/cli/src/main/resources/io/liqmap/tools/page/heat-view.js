// @ts-check
/**
 * The heatmap: time × price.
 * @param {HTMLElement} root the section that it draws into
 * @param {import('./app.js').App} app
 * @returns {import('./app.js').View}
 */
export function createHeatView(root, app) {
  void root;
  void app;
  return { resize() {}, setShown() {}, keys: {} };
}
