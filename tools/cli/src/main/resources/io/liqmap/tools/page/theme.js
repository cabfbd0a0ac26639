// @ts-check
import { Cell } from './cell.js';
import { byId } from './dom.js';

const NAMES = /** @type {Record<string, string>} */ ({ auto: 'Auto', dark: 'Dark', light: 'Light' });
const KEY = 'liqmap.theme';
const query = matchMedia('(prefers-color-scheme: dark)');

/** Colours that were asked for, as the theme has them now. */
const colours = /** @type {Map<string, string>} */ (new Map());

/** Whether the page is dark now. */
export const isDark = new Cell(true);

/** Starts the switch of colours: as the system, dark, light; the choice is kept in this browser. */
export function startTheme() {
  const button = byId('theme');
  let name = localStorage.getItem(KEY) ?? 'auto';
  const apply = () => {
    document.documentElement.dataset.theme = name;
    button.textContent = NAMES[name] ?? 'Auto';
    button.setAttribute('aria-label', `${button.textContent} colours`);
    colours.clear();
    isDark.set(name === 'auto' ? query.matches : name === 'dark');
    byId('app').dataset.theme = isDark.value ? 'dark' : 'light';
  };
  button.addEventListener('click', () => {
    const names = Object.keys(NAMES);
    name = names[(names.indexOf(name) + 1) % names.length] ?? 'auto';
    localStorage.setItem(KEY, name);
    apply();
  });
  query.addEventListener('change', apply);
  apply();
}

/**
 * The colour of a custom property of the page as the theme has it now, for a canvas.
 * @param {string} name such as `--long`
 * @returns {string} `rgb(…)`
 */
export function colour(name) {
  const known = colours.get(name);
  if (known) return known;
  const probe = byId('announcer');
  probe.style.color = `var(${name})`;
  const value = getComputedStyle(probe).color;
  probe.style.color = '';
  colours.set(name, value);
  return value;
}
