// @ts-check
import { startAlerts } from './alerts.js';
import { Api } from './api.js';
import { Cell } from './cell.js';
import { byId, say } from './dom.js';
import { startEvents } from './events-list.js';
import { startHeader } from './header.js';
import { createHeatView } from './heat-view.js';
import { pageKeys, startKeys } from './keys.js';
import { followLive } from './live.js';
import { startMap } from './map-source.js';
import { createMapView } from './map-view.js';
import { problem } from './problems.js';
import { startQuality } from './quality.js';
import { loadSession } from './session.js';
import { Choice } from './state.js';
import { startStatus } from './status.js';
import { startTheme } from './theme.js';
import { startTravel } from './travel.js';
import { startViews } from './views.js';

startTheme();
const choice = new Choice(window);

/** @type {import('./app.js').App} */
const app = {
  choice,
  api: new Api(),
  session: new Cell(/** @type {any} */ (null)),
  map: new Cell(/** @type {any} */ (null)),
  isAsking: new Cell(/** @type {boolean} */ (false)),
  live: new Cell(/** @type {any} */ (null)),
  events: new Cell(/** @type {any} */ ([])),
  pointer: new Cell(/** @type {any} */ (null)),
  travel: (at) => choice.set({ at }),
  announce: (text) => say(byId('announcer'), text),
  problem,
};

startHeader(app);
startQuality(app);
startAlerts(app);
startEvents(app);
const travel = startTravel(app);
const map = startMap(app);
followLive(app, map.refresh);
startStatus(app, map.refresh);
const views = { map: createMapView(byId('map-view'), app), heatmap: createHeatView(byId('heat-view'), app) };
const shown = startViews(app, views);
startKeys(pageKeys(app, travel), shown, [views.map.keys, views.heatmap.keys]);
loadSession(app);
