// @ts-check
/** @import { HeatData } from './heat-data.js' */
/** @import { Frame } from './heat-frame.js' */
/** @import { Intensity } from './intensity.js' */
/** @import { Palette } from './palette.js' */
const BLOCK = 16;

/** The cells as one picture, a pixel each: made when data, palette or intensity change, else only drawn. */
export class HeatImage {
  constructor() {
    /** @type {ImageBitmap | null} */
    this.picture = null;
    /** @type {HeatData | null} */
    this.data = null;
  }

  /**
   * Paints all cells. Columns that aren't made yet stay clear.
   * @param {HeatData} data
   * @param {Palette} palette
   * @param {Intensity} intensity
   */
  paint(data, palette, intensity) {
    this.data = data;
    const { columns, rows, cells } = data;
    this.picture?.close();
    this.picture = null;
    if (!columns || !rows) return;
    const image = new ImageData(columns, rows);
    const pixels = new Uint32Array(image.data.buffer);
    const bits = new Uint32Array(cells.buffer, cells.byteOffset, cells.length);
    const { table, steps } = intensity;
    const last = steps.length - 1;
    const colours = palette.pixels;
    // Cells lie by column and pixels by row: blocks of columns keep both within the processor's cache.
    for (let first = 0; first < columns; first += BLOCK) {
      const end = Math.min(columns, first + BLOCK);
      for (let row = 0; row < rows; row++) {
        let pixel = (rows - 1 - row) * columns + first;
        let cell = first * rows + row;
        for (let column = first; column < end; column++, pixel++, cell += rows) {
          const size = bits[cell] & 0x7fffffff;
          if (size > 0x7f800000) continue;
          let colour = table[size >>> 16];
          if (colour < last) {
            const amount = Math.abs(cells[cell]);
            while (colour < last && amount >= steps[colour + 1]) colour++;
          }
          pixels[pixel] = colours[colour];
        }
      }
    }
    const canvas = new OffscreenCanvas(columns, rows);
    /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d')).putImageData(image, 0, 0);
    // A bitmap is drawn without a copy; a canvas isn't.
    this.picture = canvas.transferToImageBitmap();
  }

  /**
   * Draws what is seen of the picture, without smoothing.
   * @param {CanvasRenderingContext2D} context
   * @param {Frame} frame
   */
  draw(context, frame) {
    const { data, picture } = this;
    if (!data || !picture) return;
    context.imageSmoothingEnabled = false;
    // A last column that ends now may be narrower than the others.
    const isEven = data.columns < 2 || data.time[data.columns - 1] - data.time[data.columns - 2] === data.every;
    const whole = isEven ? data.columns : data.columns - 1;
    drawColumns(context, frame, data, picture, 0, whole);
    if (!isEven) drawColumns(context, frame, data, picture, whole, data.columns);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Frame} frame
 * @param {HeatData} data
 * @param {ImageBitmap} picture
 * @param {number} from first column
 * @param {number} to behind the last
 */
function drawColumns(context, frame, data, picture, from, to) {
  const left = frame.x(data.start(from));
  const width = (frame.x(data.time[to - 1]) - left) / (to - from);
  const top = frame.y(data.highest);
  const height = (frame.y(data.lowest) - top) / data.rows;
  // Only the part that is seen, in whole cells.
  const column = Math.max(0, Math.floor((frame.left - left) / width));
  const columns = Math.min(to - from, Math.ceil((frame.left + frame.width - left) / width)) - column;
  const row = Math.max(0, Math.floor((frame.top - top) / height));
  const rows = Math.min(data.rows, Math.ceil((frame.top + frame.height - top) / height)) - row;
  if (columns <= 0 || rows <= 0) return;
  context.drawImage(picture, from + column, row, columns, rows, left + column * width, top + row * height, columns * width, rows * height);
}
