import { Store } from './store.js';
import { uuid } from './uuid.js';

const UPLOAD = 60_000;

/** A refusal by the gateway (problem+json) or a failure on the way to it. */
export class ApiError extends Error {
  /** @param {number} status 0 when nothing answered @param {string} code @param {string} detail */
  constructor(status, code, detail) {
    super(detail || code);
    this.status = status;
    this.code = code;
    this.detail = detail;
  }
}

/** The gateway's HTTP interface for one shopper. The session's token is started when first needed. */
export class Api {
  /** @param {string} base origin of the gateway @param {Store} store @param {string} [customerToken] */
  constructor(base, store, customerToken) {
    this.base = base;
    this.store = store;
    this.customerToken = customerToken;
    this.signedIn = false;
    /** @type {string|null} where the shop knows it */
    this.customerName = null;
  }

  /** @returns {string|null} */
  get token() {
    return this.store.get('token');
  }

  /**
   * Resumes the stored session or starts one. Tabs and scripts of one page take turns, so that they share it.
   *
   * @returns {Promise<string>} the token
   * @throws {ApiError}
   */
  openSession() {
    const locks = navigator.locks;
    return locks ? locks.request('daogou.session', () => this.#open()) : this.#open();
  }

  async #open() {
    const body = this.customerToken ? { customer_token: this.customerToken } : {};
    const old = this.token;
    try {
      const { token, signed_in, customer_name } = await this.#fetch('POST', '/api/session', body, old);
      this.store.set('token', token);
      this.signedIn = Boolean(signed_in);
      this.customerName = customer_name ?? null;
      return token;
    } catch (error) {
      if (error.status !== 401 || !(old || this.customerToken)) throw error;
      this.#giveUp(error.code);
      return this.#open();
    }
  }

  /** A session that has ended starts anew; a login that has ended goes on as a guest. @param {string} code */
  #giveUp(code) {
    if (code.startsWith('customer_token') || !this.token) this.customerToken = undefined;
    else this.store.remove('token');
  }

  /**
   * One call as the shopper.
   *
   * @param {string} method @param {string} path @param {any} [body]
   * @returns {Promise<any>}
   * @throws {ApiError}
   */
  async call(method, path, body) {
    const token = this.token ?? (await this.openSession());
    try {
      return await this.#fetch(method, path, body, token);
    } catch (error) {
      if (error.status !== 401) throw error;
      return this.#fetch(method, path, body, await this.openSession());
    }
  }

  /**
   * Hands in a photo of the conversation.
   *
   * @param {Blob} photo @param {(share: number) => void} progress
   * @returns {Promise<{photo_id: string}>}
   * @throws {ApiError}
   */
  async uploadPhoto(photo, progress) {
    const token = this.token ?? (await this.openSession());
    try {
      return await this.#upload(photo, progress, token);
    } catch (error) {
      if (error.status !== 401) throw error;
      return this.#upload(photo, progress, await this.openSession());
    }
  }

  /** `fetch` does not tell how far it is. */
  #upload(photo, progress, token) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open('POST', `${this.base}/api/photos`);
      request.setRequestHeader('Authorization', `Bearer ${token}`);
      request.responseType = 'json';
      request.timeout = UPLOAD;
      request.upload.onprogress = (event) => progress(event.loaded / (event.total || 1));
      request.onload = () => {
        const answer = request.response ?? {};
        if (request.status < 300) resolve(answer);
        else reject(new ApiError(request.status, answer.code ?? 'failure', answer.detail ?? ''));
      };
      request.onerror = request.ontimeout = () => reject(new ApiError(0, 'unreachable', ''));
      request.send(photo);
    });
  }

  /** @param {string} id @returns {Promise<Blob>} a photo of the conversation @throws {ApiError} */
  async photo(id) {
    const headers = { Authorization: `Bearer ${this.token}` };
    const response = await fetch(`${this.base}/api/photos/${id}`, { headers });
    if (!response.ok) throw new ApiError(response.status, 'failure', '');
    return response.blob();
  }

  /** @param {string} path @returns {Promise<any>} a call that needs no session */
  get(path) {
    return this.#fetch('GET', path, undefined, this.token);
  }

  async #fetch(method, path, body, token) {
    const headers = {};
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    if (token) headers.Authorization = `Bearer ${token}`;
    let response;
    try {
      response = await fetch(this.base + path, { method, headers, body: body && JSON.stringify(body), keepalive: method === 'POST' });
    } catch {
      throw new ApiError(0, 'unreachable', '');
    }
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw new ApiError(response.status, answer.code ?? 'failure', answer.detail ?? '');
    return answer;
  }

  /**
   * Puts a SKU into the cart and tells the page (`daogou:cart`).
   *
   * @param {string} sku
   * @throws {ApiError}
   */
  async addToCart(sku) {
    const cart = await this.call('POST', '/api/cart', { sku, quantity: 1 });
    window.dispatchEvent(new CustomEvent('daogou:cart', { detail: cart }));
  }

  /** Reports what the shopper did; a lost event is no reason to disturb. @param {string} kind @param {string} sku */
  report(kind, sku) {
    this.call('POST', '/api/events', { events: [{ id: uuid(), kind, sku }] }).catch(() => undefined);
  }
}
