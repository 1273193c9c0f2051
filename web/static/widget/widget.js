import { Api } from './api.js';
import { Chat } from './chat.js';
import { Conversation } from './conversation.js';
import { h, icon } from './dom.js';
import { Panel } from './panel.js';
import { Store } from './store.js';
import { stringsFor } from './strings.js';
import { Viewport } from './viewport.js';

/** @typedef {import('./types.js').Options} Options */

/** The element on the shop's page: a launcher and, when open, the panel, both in a shadow root of their own. */
export class DaogouChat extends HTMLElement {
  /** Puts the widget on the page. @param {Options} options @returns {Promise<DaogouChat>} once its styles are there */
  static async mount(options) {
    customElements.get('daogou-chat') ?? customElements.define('daogou-chat', DaogouChat);
    const widget = /** @type {DaogouChat} */ (document.createElement('daogou-chat'));
    document.body.append(widget);
    await widget.start(options);
    return widget;
  }

  /** @param {Options} options */
  async start(options) {
    this.strings = stringsFor(options.lang);
    this.lang = options.lang;
    this.store = Store.local('daogou.');
    this.api = new Api(options.base, this.store, options.customerToken);
    this.chat = new Chat(this.api, new Conversation(this.store));
    this.viewport = new Viewport(this);
    this.#theme(options.theme);
    await this.#build(options.title ?? this.strings.title);
    this.chat.conversation.addEventListener('change', () => this.#changed());
    document.addEventListener('visibilitychange', () => this.#changed());
    if (this.store.get('open') && !this.viewport.small.matches) this.open({ focus: false });
    else if (this.api.token) this.chat.start();
  }

  async #build(title) {
    const root = this.attachShadow({ mode: 'open' });
    this.panel = new Panel(this.chat, this.strings, title);
    this.badge = h('span', { class: 'badge', hidden: true });
    this.launcher = h('button', { type: 'button', class: 'launcher', 'aria-label': this.strings.open, 'aria-expanded': 'false', on: { click: () => this.toggle() } }, icon('chat'), icon('down'), this.badge);
    this.panel.addEventListener('close', () => this.close());
    this.panel.addEventListener('leave', () => this.viewport.small.matches && this.close());
    await styled(root, new URL('./daogou.css', import.meta.url).href);
    root.append(this.launcher, this.panel.element);
  }

  #theme(theme) {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const apply = () => this.setAttribute('theme', theme === 'auto' ? (dark.matches ? 'dark' : 'light') : theme);
    dark.addEventListener('change', apply);
    apply();
  }

  /** @returns {boolean} */
  get isOpen() {
    return !this.panel.element.hidden;
  }

  toggle() {
    if (this.isOpen) this.close();
    else this.open();
  }

  /** @param {{focus?: boolean}} [how] focus: whether the shopper goes on in the conversation at once */
  open({ focus = true } = {}) {
    const { conversation } = this.chat;
    const unread = conversation.messages.find((message) => message.id > conversation.readId && message.from !== 'shopper');
    this.panel.log.divider = conversation.readId ? (unread?.id ?? null) : null;
    this.panel.element.hidden = false;
    this.#opened(true);
    this.chat.start();
    this.panel.log.render();
    this.panel.log.follow();
    this.#changed();
    if (focus) this.#focus();
  }

  /** On a touch screen the keyboard waits until the shopper wants to write. */
  #focus() {
    if (matchMedia('(pointer: coarse)').matches) this.panel.element.focus();
    else this.panel.composer.focus();
  }

  close() {
    if (!this.isOpen) return;
    this.panel.element.hidden = true;
    this.#opened(false);
    this.launcher.focus({ preventScroll: true });
  }

  #opened(open) {
    this.toggleAttribute('open', open);
    this.launcher.setAttribute('aria-expanded', String(open));
    this.store.set('open', open);
    this.viewport.cover(open);
  }

  /** Opens and says something for the shopper. @param {string} text */
  ask(text) {
    this.open();
    this.chat.say(text);
  }

  /** Opens beside a product of the page. @param {{title: string, price: number, image?: string}} product */
  askAbout(product) {
    this.open();
    this.panel.showProduct(product);
  }

  #changed() {
    const { conversation } = this.chat;
    if (this.isOpen && !document.hidden) conversation.markRead();
    const { unread } = conversation;
    this.badge.hidden = unread === 0 || this.isOpen;
    this.badge.textContent = unread > 99 ? '99+' : String(unread);
    const label = this.isOpen ? this.strings.close : this.strings.open;
    this.launcher.setAttribute('aria-label', unread && !this.isOpen ? `${label}，${this.strings.unread(unread)}` : label);
  }
}

/** @param {ShadowRoot} root @param {string} href @returns {Promise<void>} settles either way: unstyled is better than nothing */
function styled(root, href) {
  return new Promise((resolve) => {
    root.append(h('link', { rel: 'stylesheet', href, on: { load: () => resolve(), error: () => resolve() } }));
  });
}
