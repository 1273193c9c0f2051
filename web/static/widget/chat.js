import { Api } from './api.js';
import { Connection } from './connection.js';
import { Conversation } from './conversation.js';

const RESEND = 8_000;
const LONGEST_TYPING = 20_000;
/** Refusals that pass by themselves: the sentence stays in the outbox. */
const PASSING = new Set(['rate_limited', 'unavailable']);

/**
 * Puts connection and conversation together: what is said goes out until it is acknowledged, what arrives is kept.
 *
 * Fires `state` (connection), `typing` (see `typing`) and `refused` (detail: a sentence for the shopper);
 * `conversation` fires `change`.
 */
export class Chat extends EventTarget {
  /** @param {Api} api @param {Conversation} conversation */
  constructor(api, conversation) {
    super();
    this.api = api;
    this.conversation = conversation;
    this.typing = false;
    this.connection = new Connection(api, () => conversation.lastId);
    this.connection.addEventListener('frame', (event) => this.#received(event.detail));
    this.connection.addEventListener('state', () => this.#stateChanged());
  }

  /** @returns {Connection["state"]} */
  get state() {
    return this.connection.state;
  }

  start() {
    this.connection.start();
  }

  /** @param {string} text @param {string[]} [photos] ids */
  say(text, photos = []) {
    this.#send(this.conversation.say(text, photos));
    this.start();
  }

  /** @param {string} clientId of a refused sentence */
  retry(clientId) {
    const entry = this.conversation.retry(clientId);
    if (entry) this.#send(entry);
  }

  #send(entry) {
    const photos = entry.photos?.length ? { photos: entry.photos } : {};
    this.connection.send({ type: 'say', client_id: entry.client_id, text: entry.text, ...photos });
    this.#resendLater();
  }

  /** Sends the whole outbox in order; the gateway takes each `client_id` once. */
  #flush() {
    for (const entry of this.conversation.pending) if (!entry.error) this.#send(entry);
  }

  #resendLater() {
    clearTimeout(this.resendTimer);
    this.resendTimer = setTimeout(() => this.#flush(), RESEND);
  }

  #stateChanged() {
    if (this.state !== 'ready') {
      clearTimeout(this.resendTimer);
      this.#setTyping(false);
    }
    this.dispatchEvent(new Event('state'));
  }

  #received(frame) {
    if (frame.type === 'ready') this.#flush();
    if (frame.type === 'ack') this.conversation.acknowledge(frame.client_id, frame.message);
    if (frame.type === 'typing') this.#setTyping(frame.on);
    if (frame.type === 'error') this.#refused(frame);
    if (frame.type === 'message') this.conversation.add(frame.message);
  }

  #refused(frame) {
    if (PASSING.has(frame.code)) this.#resendLater();
    else if (frame.client_id) this.conversation.refuse(frame.client_id, frame.text);
    this.#setTyping(false);
    if (!frame.client_id && this.state === 'ready') this.dispatchEvent(new CustomEvent('refused', { detail: frame.text }));
  }

  /** Typing always ends: by a frame, by a refusal, by losing the line, or by itself. */
  #setTyping(on) {
    clearTimeout(this.typingTimer);
    if (on) this.typingTimer = setTimeout(() => this.#setTyping(false), LONGEST_TYPING);
    if (on === this.typing) return;
    this.typing = on;
    this.dispatchEvent(new Event('typing'));
  }
}
