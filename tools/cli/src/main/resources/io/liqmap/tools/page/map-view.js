// @ts-check
/**
 * The map: notional by liquidation price.
 * @param {HTMLElement} root the section that it draws into
 * @param {import('./app.js').App} app
 * @returns {import('./app.js').View}
 */
export function createMapView(root, app) {
  void root;
  void app;
  return { resize() {}, setShown() {}, keys: {} };
}
