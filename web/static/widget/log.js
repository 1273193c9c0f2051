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
    reconcile(this.list, [...this.#messageItems(), ...this.#pendingItems(), ...this.#choiceItems()]);
    this.list.dataset.newest = conversation.lastId ?? '';
    const mine = conversation.visiblePending.length > 0;
    if (this.following || mine) this.follow();
    else if (newest !== this.list.dataset.newest) this.jump.lastChild.textContent = this.host.strings.jump;
  }

  #messageItems() {
    const { strings } = this.host;
    const items = this.chat.conversation.messages.length + this.chat.conversation.pending.length ? [] : [this.#welcome()];
    let last = 0;
    for (const message of this.chat.conversation.messages) {
      const at = Date.parse(message.at);
      if (at - last > PAUSE) items.push({ key: `date ${message.id}`, build: () => dateElement(message.at, strings) });
      if (message.id === this.divider) items.push({ key: 'divider', build: () => h('p', { class: 'divider' }, strings.newMessages) });
      items.push({ key: message.id, build: () => messageElement(message, this.host) });
      last = at;
    }
    return items;
  }

  #pendingItems() {
    return this.chat.conversation.visiblePending.map((entry) => ({
      key: `pending ${entry.client_id} ${entry.error ?? ''}`,
      build: () => pendingElement(entry, this.host.strings, () => this.chat.retry(entry.client_id)),
    }));
  }

  /** Quick replies belong to the newest message and go once it is answered. */
  #choiceItems() {
    const { messages, pending } = this.chat.conversation;
    const newest = messages.at(-1);
    if (!newest?.choices?.length || pending.length) return [];
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
