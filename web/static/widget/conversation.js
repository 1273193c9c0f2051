import { Store } from './store.js';
import { uuid } from './uuid.js';

/** @typedef {import('./types.js').Message} Message */
/** @typedef {import('./types.js').Pending} Pending */

const OUTBOX = 'outbox.';

/**
 * What has been said, what is still on its way, and how far the shopper has read.
 * Each sentence waits in the outbox, under a key of its own so that tabs never overwrite each other,
 * until the gateway acknowledges it. Fires `change`.
 */
export class Conversation extends EventTarget {
  /** @param {Store} store */
  constructor(store) {
    super();
    this.store = store;
    /** @type {Message[]} sorted by id */
    this.messages = [];
    /** @type {Set<string>} ids of the messages that an acknowledgement has named */
    this.acknowledged = new Set();
    /** @type {Pending[]} in the order they were said */
    this.pending = store
      .keys(OUTBOX)
      .map((key) => store.get(key))
      .filter(Boolean)
      .sort((a, b) => a.at - b.at);
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }

  /** @returns {string|undefined} id of the newest message */
  get lastId() {
    return this.messages.at(-1)?.id;
  }

  /** @returns {string} id up to which the shopper has read */
  get readId() {
    return this.store.get('read') ?? '';
  }

  /** @returns {number} */
  get unread() {
    const read = this.readId;
    return this.messages.filter((message) => message.id > read && message.from !== 'shopper').length;
  }

  markRead() {
    if (!this.lastId || this.lastId <= this.readId) return;
    this.store.set('read', this.lastId);
    this.#changed();
  }

  /** @param {Message} message @returns {boolean} false when it was known already */
  add(message) {
    let at = this.messages.length;
    while (at > 0 && this.messages[at - 1].id > message.id) at -= 1;
    if (this.messages[at - 1]?.id === message.id) return false;
    this.messages.splice(at, 0, message);
    this.#changed();
    return true;
  }

  /** @param {string} text @param {string[]} [photos] ids @returns {Pending} kept until acknowledged */
  say(text, photos = []) {
    const entry = { client_id: uuid(), text, photos, at: Date.now(), after: this.lastId ?? '' };
    this.store.set(OUTBOX + entry.client_id, entry);
    this.pending.push(entry);
    this.#changed();
    return entry;
  }

  /** @param {string} clientId @param {Message} message as stored by the gateway */
  acknowledge(clientId, message) {
    this.#drop(clientId);
    this.acknowledged.add(message.id);
    if (!this.add(message)) this.#changed();
  }

  /** The gateway will never take it: out of the outbox, but still shown. @param {string} clientId @param {string} why */
  refuse(clientId, why) {
    this.store.remove(OUTBOX + clientId);
    const entry = this.pending.find((pending) => pending.client_id === clientId);
    if (entry) entry.error = why;
    this.#changed();
  }

  /** @param {string} clientId @returns {Pending|undefined} the same words again, as a new sentence */
  retry(clientId) {
    const entry = this.pending.find((pending) => pending.client_id === clientId);
    this.#drop(clientId);
    return entry && this.say(entry.text, entry.photos);
  }

  #drop(clientId) {
    this.store.remove(OUTBOX + clientId);
    this.pending = this.pending.filter((pending) => pending.client_id !== clientId);
  }

  /**
   * The waiting sentences to show. One that a replay has already brought back is left out
   * while its acknowledgement is still on the way, so that nothing is seen twice.
   *
   * @returns {Pending[]}
   */
  get visiblePending() {
    const said = this.messages.filter((message) => message.from === 'shopper' && !this.acknowledged.has(message.id));
    return this.pending.filter((pending) => {
      const at = said.findIndex((message) => same(message, pending) && message.id > pending.after);
      if (at < 0 || pending.error) return true;
      said.splice(at, 1);
      return false;
    });
  }
}

/** @param {Message} message @param {Pending} pending @returns {boolean} whether they say and show the same */
function same(message, pending) {
  const shown = (message.data?.photos ?? []).map((photo) => photo.photo_id);
  return message.text === pending.text && shown.join() === (pending.photos ?? []).join();
}
