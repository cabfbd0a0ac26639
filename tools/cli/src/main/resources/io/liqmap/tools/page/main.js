// @ts-check
import { Api } from './api.js';
import { Cell } from './cell.js';
import { byId, say } from './dom.js';
import { createHeatView } from './heat-view.js';
import { createMapView } from './map-view.js';
import { Choice } from './state.js';
import { startTheme } from './theme.js';
import { startViews } from './views.js';

startTheme();
const choice = new Choice(window);

/** @type {import('./app.js').App} */
const app = {
  choice,
  api: new Api(),
  session: new Cell(/** @type {any} */ (null)),
  map: new Cell(/** @type {any} */ (null)),
  live: new Cell(/** @type {any} */ (null)),
  events: new Cell(/** @type {any} */ ([])),
  pointer: new Cell(/** @type {any} */ (null)),
  travel: (at) => choice.set({ at }),
  announce: (text) => say(byId('announcer'), text),
};

startViews(app, { map: createMapView(byId('map-view'), app), heatmap: createHeatView(byId('heat-view'), app) });
