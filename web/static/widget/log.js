import { motion } from './carousel.js';
import { Chat } from './chat.js';
import { coalesced, h, icon, reconcile } from './dom.js';
import { choicesElement, dateElement, messageElement, pendingElement } from './messages.js';

/** @typedef {import('./cards.js').CardHost} CardHost */

const PAUSE = 5 * 60_000;
const NEAR_END = 80;
const REPLAY = 400;
const MARGIN = 12;

/**
 * The conversation on screen: messages, dates, quick replies, typing. It follows the newest message, of which
 * a long one is shown from its beginning, until the shopper scrolls back.
 */
export class Log {
  /** @param {Chat} chat @param {CardHost} host */
  constructor(chat, host) {
    this.chat = chat;
    this.host = host;
    /** @type {string|null} first unread message when the panel was opened */
    this.divider = null;
    const { strings } = host;
    this.list = h('div', { class: 'list', role: 'log', 'aria-live': 'polite', 'aria-label': strings.log, 'aria-busy': 'true' });
    this.typing = h('p', { class: 'typing', role: 'status', hidden: true }, h('i'), h('i'), h('i'), h('span', {}, strings.typing));
    this.scroller = h('div', { class: 'scroller', tabindex: 0, role: 'region', 'aria-label': strings.log }, this.list, this.typing);
    this.jump = h('button', { type: 'button', class: 'jump', hidden: true, on: { click: () => this.follow(motion()) } }, icon('down'), h('span', {}, strings.toBottom));
    this.element = h('div', { class: 'log' }, this.scroller, this.jump);
    this.scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.render = coalesced(() => this.#render());
    new ResizeObserver(() => this.following && this.follow()).observe(this.scroller);
    chat.conversation.addEventListener('change', this.render);
    chat.addEventListener('typing', () => this.#showTyping());
    chat.addEventListener('state', () => chat.state === 'ready' && this.#settle());
    this.following = true;
    this.#render();
  }

  /** Screen readers hear what is new, not the history that a connection replays. */
  #settle() {
    clearTimeout(this.settling);
    this.list.setAttribute('aria-busy', 'true');
    this.settling = setTimeout(() => this.list.setAttribute('aria-busy', 'false'), REPLAY);
  }

  #render() {
    const { conversation } = this.chat;
    const newest = this.list.dataset.newest;
    const waiting = conversation.visiblePending.filter((entry) => !entry.error);
    reconcile(this.list, [...this.#messageItems(), ...waiting.map((entry) => this.#pendingItem(entry)), ...this.#choiceItems()]);
    this.list.dataset.newest = conversation.lastId ?? '';
    if (this.following || waiting.length) this.follow();
    else if (newest !== this.list.dataset.newest) this.jump.lastChild.textContent = this.host.strings.jump;
  }

  #messageItems() {
    const { messages, pending } = this.chat.conversation;
    const items = messages.length + pending.length ? this.#refusedItems('') : [this.#welcome()];
    let last = 0;
    for (const message of messages) {
      const at = Date.parse(message.at);
      if (at - last > PAUSE) items.push({ key: `date ${message.id}`, build: () => dateElement(message.at, this.host.strings) });
      if (message.id === this.divider) items.push({ key: 'divider', build: () => h('p', { class: 'divider' }, this.host.strings.newMessages) });
      items.push({ key: message.id, build: () => messageElement(message, this.host) }, ...this.#refusedItems(message.id));
      last = at;
    }
    return items;
  }

  /** A refused sentence stays where it was said. @param {string} after id of the message before it */
  #refusedItems(after) {
    const refused = this.chat.conversation.pending.filter((entry) => entry.error && entry.after === after);
    return refused.map((entry) => this.#pendingItem(entry));
  }

  #pendingItem(entry) {
    const retry = () => this.chat.retry(entry.client_id);
    return { key: `pending ${entry.client_id} ${entry.error ?? ''}`, build: () => pendingElement(entry, this.host, retry) };
  }

  /** Quick replies belong to the newest message and go once it is answered. */
  #choiceItems() {
    const { messages, pending } = this.chat.conversation;
    const newest = messages.at(-1);
    if (!newest?.choices?.length || pending.some((entry) => !entry.error)) return [];
    const choose = (choice) => this.chat.say(choice.value);
    return [{ key: `choices ${newest.id}`, build: () => choicesElement(newest.choices, this.host.strings, choose) }];
  }

  #welcome() {
    const { strings } = this.host;
    const choices = strings.starters.map((text) => ({ title: text, value: text }));
    const build = () =>
      h('div', { class: 'welcome' }, h('h2', {}, strings.welcome), h('p', {}, strings.welcomeMore), choicesElement(choices, strings, (choice) => this.chat.say(choice.value)));
    return { key: 'welcome', build };
  }

  #showTyping() {
    this.typing.hidden = !this.chat.typing;
    if (this.following) this.follow();
  }

  #scrolled() {
    if (!this.scroller.clientHeight) return;
    this.following = this.scroller.scrollTop > this.#target() - NEAR_END;
    this.jump.hidden = this.following;
    if (this.following) this.jump.lastChild.textContent = this.host.strings.toBottom;
  }

  /** Where the newest message is best read: the end, or its beginning when it is taller than the window. */
  #target() {
    const { scrollHeight, clientHeight } = this.scroller;
    const newest = [...this.list.querySelectorAll('.message')].at(-1);
    const beginning = newest ? newest.offsetTop - MARGIN : Infinity;
    return Math.min(scrollHeight - clientHeight, beginning);
  }

  /** @param {ScrollBehavior} [behavior] */
  follow(behavior = 'auto') {
    this.following = true;
    this.jump.hidden = true;
    this.scroller.scrollTo({ top: this.#target(), behavior });
  }
}
