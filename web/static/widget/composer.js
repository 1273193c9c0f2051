import { h, icon } from './dom.js';

/** @typedef {import('./strings.js').Strings} Strings */

export const MAX_LENGTH = 1000;
const WARN_FROM = 900;

/**
 * Where the shopper writes. Enter sends and Shift+Enter breaks the line, but an Enter that picks
 * a word in an input method (Pinyin, Wubi) stays with the input method.
 */
export class Composer {
  /** @param {Strings} strings @param {(text: string) => void} send */
  constructor(strings, send) {
    this.strings = strings;
    this.send = send;
    this.input = h('textarea', {
      rows: 1,
      maxlength: MAX_LENGTH,
      placeholder: strings.placeholder,
      'aria-label': strings.input,
      'aria-describedby': 'counter',
      enterkeyhint: 'send',
      on: { input: () => this.#changed(), keydown: (event) => this.#key(event) },
    });
    this.counter = h('span', { id: 'counter', class: 'counter', role: 'status' });
    this.button = h('button', { type: 'submit', class: 'send', 'aria-label': strings.send, disabled: true }, icon('send'));
    this.element = h('form', { class: 'composer', on: { submit: (event) => this.#submit(event) } }, this.input, this.counter, this.button);
  }

  focus() {
    this.input.focus({ preventScroll: true });
  }

  #key(event) {
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key === 'Enter' && !event.shiftKey && !composing) this.#submit(event);
  }

  #submit(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = '';
    this.#changed();
    this.send(text);
  }

  #changed() {
    const { length } = this.input.value;
    this.button.disabled = !this.input.value.trim();
    this.counter.textContent = length >= WARN_FROM ? this.strings.charactersLeft(MAX_LENGTH - length) : '';
    this.input.style.height = 'auto';
    this.input.style.height = `${this.input.scrollHeight}px`;
  }
}
