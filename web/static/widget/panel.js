import { ApiError } from './api.js';
import { Chat } from './chat.js';
import { Composer } from './composer.js';
import { h, icon, safeUrl } from './dom.js';
import { Log } from './log.js';
import { price } from './money.js';

/** @typedef {import('./types.js').Card} Card */
/** @typedef {import('./strings.js').Strings} Strings */

const TOAST = 3000;

/** The open conversation: header, log, the product in view, composer. Fires `close` and `leave` (about to follow a card). */
export class Panel extends EventTarget {
  /** @param {Chat} chat @param {Strings} strings @param {string} title */
  constructor(chat, strings, title) {
    super();
    this.chat = chat;
    this.strings = strings;
    this.base = chat.api.base;
    this.log = new Log(chat, this);
    const upload = (photo, progress) => chat.api.uploadPhoto(photo, progress);
    this.composer = new Composer(strings, (text, photos) => chat.say(text, photos), upload, (text) => this.toast(text));
    this.status = h('p', { class: 'status', role: 'status' });
    this.product = h('div', { class: 'viewing', hidden: true });
    this.notice = h('p', { class: 'toast', role: 'status', hidden: true });
    const parts = [this.#header(title), this.log.element, this.product, this.composer.element, this.notice];
    this.element = h('section', { class: 'panel', role: 'dialog', 'aria-label': title, tabindex: -1, hidden: true, on: { keydown: (event) => this.#key(event) } }, ...parts);
    chat.addEventListener('state', () => this.#showState());
    chat.addEventListener('refused', (event) => this.toast(event.detail));
    this.#showState();
  }

  #header(title) {
    const { strings } = this;
    const human = () => this.chat.say('转人工');
    return h(
      'header',
      {},
      h('span', { class: 'avatar' }, icon('chat')),
      h('div', { class: 'who' }, h('h2', {}, title), this.status),
      h('button', { type: 'button', class: 'human', on: { click: human } }, icon('human'), strings.human),
      h('button', { type: 'button', class: 'close', 'aria-label': strings.close, on: { click: () => this.#close() } }, icon('close')),
    );
  }

  #showState() {
    const { state, api } = this.chat;
    const who = state === 'ready' && api.signedIn ? this.strings.signedIn(api.customerName) : null;
    this.status.textContent = who ?? this.strings.status[state];
    this.status.dataset.state = state;
  }

  #key(event) {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.stopPropagation();
    this.#close();
  }

  #close() {
    this.dispatchEvent(new Event('close'));
  }

  /** @param {string} text */
  toast(text) {
    clearTimeout(this.toastTimer);
    this.notice.textContent = text;
    this.notice.hidden = !text;
    this.toastTimer = setTimeout(() => (this.notice.hidden = true), TOAST);
  }

  /** @param {Card} card */
  visit(card) {
    this.chat.api.report('click', card.sku);
    this.dispatchEvent(new Event('leave'));
  }

  /** @param {string} id @returns {Promise<Blob>} a photo of the conversation */
  photo(id) {
    return this.chat.api.photo(id);
  }

  /** @param {Card} card @returns {Promise<boolean>} whether it is in the cart now; either way the shopper is told */
  async addToCart(card) {
    try {
      await this.chat.api.addToCart(card.sku);
      this.toast(this.strings.added);
      return true;
    } catch (error) {
      this.toast((error instanceof ApiError && error.detail) || this.strings.failure);
      return false;
    }
  }

  /** Offers to ask about the product that the page shows. @param {{title: string, price: number, image?: string}} product */
  showProduct(product) {
    const { strings } = this;
    const image = safeUrl(product.image, this.base);
    const ask = () => {
      this.product.hidden = true;
      this.chat.say(strings.askAbout(product.title));
      this.composer.focus();
    };
    this.product.replaceChildren(
      image ? h('img', { src: image, alt: '', width: 48, height: 48 }) : '',
      h('div', {}, h('small', {}, strings.consulting), h('p', {}, product.title), price(product.price)),
      h('button', { type: 'button', class: 'button primary', on: { click: ask } }, strings.sendProduct),
      h('button', { type: 'button', class: 'dismiss', 'aria-label': strings.dismiss, on: { click: () => (this.product.hidden = true) } }, icon('close')),
    );
    this.product.hidden = false;
  }
}
