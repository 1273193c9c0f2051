import { h, icon } from './dom.js';
import { PhotoTray } from './photos.js';

/** @typedef {import('./strings.js').Strings} Strings */

export const MAX_LENGTH = 1000;
const WARN_FROM = 900;

/**
 * Where the shopper writes and adds photos. Enter sends and Shift+Enter breaks the line, but an Enter that picks
 * a word in an input method (Pinyin, Wubi) stays with the input method.
 */
export class Composer {
  /**
   * @param {Strings} strings
   * @param {(text: string, photos: string[]) => void} send
   * @param {(photo: Blob, progress: (share: number) => void) => Promise<{photo_id: string}>} upload
   * @param {(text: string) => void} tell
   */
  constructor(strings, send, upload, tell) {
    this.strings = strings;
    this.send = send;
    this.tray = new PhotoTray(strings, upload, () => this.#changed(), tell);
    this.input = h('textarea', {
      rows: 1,
      maxlength: MAX_LENGTH,
      placeholder: strings.placeholder,
      'aria-label': strings.input,
      'aria-describedby': 'counter',
      enterkeyhint: 'send',
      on: { input: () => this.#changed(), keydown: (event) => this.#key(event), paste: (event) => this.#pasted(event) },
    });
    this.counter = h('span', { id: 'counter', class: 'counter', role: 'status' });
    this.button = h('button', { type: 'submit', class: 'send', 'aria-label': strings.send, disabled: true }, icon('send'));
    const { tray } = this;
    this.element = h('form', { class: 'composer', on: { submit: (event) => this.#submit(event) } }, tray.element, tray.button, tray.input, this.input, this.counter, this.button);
  }

  focus() {
    this.input.focus({ preventScroll: true });
  }

  #key(event) {
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key === 'Enter' && !event.shiftKey && !composing) this.#submit(event);
  }

  #pasted(event) {
    const files = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith('image/'));
    if (!files.length) return;
    event.preventDefault();
    this.tray.add(files);
  }

  /** Words and photos stay where they are until all photos have arrived. */
  async #submit(event) {
    event.preventDefault();
    if (!this.#ready()) return;
    const photos = this.tray.empty ? [] : await this.tray.send();
    if (!photos) return;
    const text = this.input.value.trim();
    this.input.value = '';
    this.tray.clear();
    this.send(text, photos);
  }

  #ready() {
    return !this.tray.sending && Boolean(this.input.value.trim() || !this.tray.empty);
  }

  #changed() {
    const { length } = this.input.value;
    this.button.disabled = !this.#ready();
    this.tray.button.disabled = this.tray.sending;
    this.counter.textContent = length >= WARN_FROM ? this.strings.charactersLeft(MAX_LENGTH - length) : '';
    this.input.style.height = 'auto';
    this.input.style.height = `${this.input.scrollHeight}px`;
  }
}
