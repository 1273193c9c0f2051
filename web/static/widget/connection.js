import { Api } from './api.js';

const FIRST_DELAY = 500;
const LONGEST_DELAY = 20_000;
const HEARTBEAT = 25_000;
const SILENCE = 10_000;

/**
 * The socket to the gateway: connects, says hello, and reconnects with growing, jittered delays until stopped.
 *
 * Fires `state` (see `state`) and `frame` (detail: the parsed frame).
 */
export class Connection extends EventTarget {
  /** @param {Api} api @param {() => string|undefined} lastId newest message known, from which the gateway replays */
  constructor(api, lastId) {
    super();
    this.api = api;
    this.lastId = lastId;
    /** @type {"idle"|"connecting"|"ready"|"waiting"|"offline"} */
    this.state = 'idle';
    /** @type {WebSocket|null} */
    this.socket = null;
    this.attempts = 0;
    this.sessionChecked = false;
    window.addEventListener('online', () => this.#wake());
    window.addEventListener('offline', () => this.#sleep());
    document.addEventListener('visibilitychange', () => !document.hidden && this.#wake());
  }

  start() {
    if (this.state === 'idle') this.#connect();
  }

  /** @param {object} frame @returns {boolean} false when there is no ready socket to send it on */
  send(frame) {
    if (this.state !== 'ready' || this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  #become(state) {
    if (this.state === state) return;
    this.state = state;
    this.dispatchEvent(new Event('state'));
  }

  async #connect() {
    clearTimeout(this.retryTimer);
    if (!this.attempts) this.#become('connecting');
    this.attempts += 1;
    this.opening = true;
    try {
      const token = this.sessionChecked ? this.api.token : null;
      this.#open(token ?? (await this.api.openSession()));
      this.sessionChecked = true;
    } catch {
      this.#lost(null);
    }
    this.opening = false;
  }

  #open(token) {
    const socket = new WebSocket(this.api.base.replace(/^http/, 'ws') + '/ws/chat');
    this.socket = socket;
    socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', token, after: this.lastId() }));
    socket.onmessage = (event) => this.#received(socket, event.data);
    socket.onclose = () => this.#lost(socket);
    this.#expect(socket);
  }

  #received(socket, data) {
    if (socket !== this.socket) return;
    let frame;
    try {
      frame = JSON.parse(data);
    } catch {
      return;
    }
    this.#heard(socket);
    if (frame.type === 'ping') this.send({ type: 'pong' });
    if (frame.type === 'ready') {
      this.attempts = 0;
      this.#become('ready');
    }
    if (frame.type === 'error' && this.state !== 'ready') this.sessionChecked = false;
    this.dispatchEvent(new CustomEvent('frame', { detail: frame }));
  }

  /** The line lives: ask again after a while, and give up on it when nothing answers. */
  #heard(socket) {
    clearTimeout(this.silenceTimer);
    clearTimeout(this.heartbeatTimer);
    this.heartbeatTimer = setTimeout(() => {
      if (this.send({ type: 'ping' })) this.#expect(socket);
    }, HEARTBEAT);
  }

  #expect(socket) {
    clearTimeout(this.silenceTimer);
    this.silenceTimer = setTimeout(() => this.#lost(socket), SILENCE);
  }

  /** Every end of a socket comes here once: closed, silent, or never opened. */
  #lost(socket) {
    if (socket !== this.socket) return;
    clearTimeout(this.silenceTimer);
    clearTimeout(this.heartbeatTimer);
    this.socket = null;
    socket?.close();
    if (navigator.onLine === false) return this.#become('offline');
    this.#become('waiting');
    const delay = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** Math.min(this.attempts, 10));
    this.retryTimer = setTimeout(() => this.#connect(), delay * (0.5 + Math.random() / 2));
  }

  #wake() {
    if (this.state === 'idle' || this.socket || this.opening) return;
    this.attempts = 1;
    this.#become('waiting');
    this.#connect();
  }

  #sleep() {
    if (this.state === 'idle') return;
    const socket = this.socket;
    clearTimeout(this.retryTimer);
    if (socket) this.#lost(socket);
    this.#become('offline');
  }
}
