// @ts-check
/** An answer that isn't one, with a message for a person. */
export class ApiError extends Error {
  /**
   * @param {string} message
   * @param {number} status HTTP status, 0 when the server didn't answer
   * @param {number} [progress] how much of the journal is read, 0 to 1 (status 503)
   */
  constructor(message, status, progress) {
    super(message);
    this.status = status;
    this.progress = progress;
  }
}

/**
 * Requests to the server: one in flight for each kind, and the newest wins.
 * @typedef {{url: string, as: 'json' | 'bytes', resolve: (answer: any) => void, reject: (e: unknown) => void}} Wanted
 */
export class Api {
  constructor() {
    /** @type {Map<string, {abort: AbortController, next: Wanted | null}>} */
    this.running = new Map();
  }

  /**
   * @param {string} kind requests of a kind replace each other
   * @param {string} path such as `/api/map`
   * @param {Record<string, string | number | null>} parameters null leaves one out
   * @param {{isRefresh?: boolean, as?: 'json' | 'bytes'}} [options] a refresh waits for the request in flight
   *   instead of ending it, so that a stream of changes can't starve the page
   * @returns {Promise<any>} the answer; null when a newer request took its place
   */
  get(kind, path, parameters, { isRefresh = false, as = 'json' } = {}) {
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(parameters)) if (value !== null && value !== '') query.set(key, String(value));
    const url = query.size ? `${path}?${query}` : path;
    return new Promise((resolve, reject) => {
      const wanted = { url, as, resolve, reject };
      const running = this.running.get(kind);
      if (!running) {
        this.send(kind, wanted);
        return;
      }
      running.next?.resolve(null);
      running.next = wanted;
      if (!isRefresh) running.abort.abort();
    });
  }

  /**
   * @param {string} kind
   * @param {Wanted} wanted
   */
  async send(kind, wanted) {
    const running = { abort: new AbortController(), next: /** @type {Wanted | null} */ (null) };
    this.running.set(kind, running);
    try {
      wanted.resolve(await answer(wanted, running.abort.signal));
    } catch (e) {
      if (running.abort.signal.aborted) wanted.resolve(null);
      else wanted.reject(e);
    }
    this.running.delete(kind);
    if (running.next) this.send(kind, running.next);
  }
}

/**
 * @param {Wanted} wanted
 * @param {AbortSignal} signal
 * @returns {Promise<any>}
 */
async function answer(wanted, signal) {
  let response;
  try {
    response = await fetch(wanted.url, { signal, credentials: 'same-origin' });
  } catch (e) {
    if (signal.aborted) throw e;
    throw new ApiError('The server does not answer.', 0);
  }
  if (response.ok) return wanted.as === 'bytes' ? response.arrayBuffer() : response.json();
  const body = await response.json().catch(() => ({}));
  throw new ApiError(body.error ?? `The server answered ${response.status}.`, response.status, body.progress);
}
