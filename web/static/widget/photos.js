import { h, icon } from './dom.js';

/** @typedef {import('./cards.js').CardHost} CardHost */

/** The gateway takes no more in a message, and keeps no more pixels of one. */
const MOST = 9;
const LONGEST_EDGE = 2560;
const QUALITY = 0.88;
const SHOWN_EDGE = 220;

/**
 * A picture without camera and place, small enough to send. A canvas rather than an `img`: no page has to
 * allow `blob:` addresses for it.
 *
 * @param {Blob} blob @param {number} edge longest, in pixels
 * @returns {Promise<HTMLCanvasElement>}
 * @throws where the browser cannot read it
 */
async function drawn(blob, edge) {
  const bitmap = await createImageBitmap(blob);
  const scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext('2d');
  // JPEG has no holes to see through.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas;
}

/** @param {HTMLCanvasElement} canvas @returns {Promise<Blob>} */
function jpeg(canvas) {
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/jpeg', QUALITY));
}

/** Photos that are about to be sent: seen before, taken out again, tried again. */
export class PhotoTray {
  /**
   * @param {import('./strings.js').Strings} strings
   * @param {(photo: Blob, progress: (share: number) => void) => Promise<{photo_id: string}>} upload
   * @param {() => void} changed
   * @param {(text: string) => void} tell
   */
  constructor(strings, upload, changed, tell) {
    Object.assign(this, { strings, upload, changed, tell });
    /** @type {{element: HTMLElement, blob: Blob, bar: HTMLProgressElement, note: HTMLElement, id?: string}[]} */
    this.items = [];
    this.sending = false;
    this.input = h('input', { type: 'file', accept: 'image/*', multiple: true, hidden: true, tabindex: -1, on: { change: () => this.#chosen() } });
    this.button = h('button', { type: 'button', class: 'attach', 'aria-label': strings.attach, on: { click: () => this.input.click() } }, icon('clip'));
    this.element = h('ul', { class: 'tray', 'aria-label': strings.photos, hidden: true });
  }

  /** @returns {boolean} */
  get empty() {
    return this.items.length === 0;
  }

  #chosen() {
    const files = [...this.input.files];
    this.input.value = '';
    this.add(files);
  }

  /** @param {File[]} files */
  async add(files) {
    if (this.sending) return;
    for (const file of files) {
      if (this.items.length >= MOST) return this.tell(this.strings.tooManyPhotos(MOST));
      try {
        await this.#show(await drawn(file, LONGEST_EDGE));
      } catch {
        this.tell(this.strings.unreadablePhoto(file.name));
      }
    }
  }

  async #show(canvas) {
    const blob = await jpeg(canvas);
    const preview = await drawn(blob, SHOWN_EDGE);
    const number = this.items.length + 1;
    preview.setAttribute('role', 'img');
    preview.setAttribute('aria-label', this.strings.photo(number));
    const item = { blob, bar: h('progress', { max: 1, value: 0, hidden: true, 'aria-label': this.strings.uploading }), note: h('p', { class: 'failed', role: 'alert', hidden: true }) };
    const remove = h('button', { type: 'button', class: 'remove', 'aria-label': this.strings.removePhoto(number), on: { click: () => this.#remove(item) } }, icon('close'));
    item.element = h('li', {}, preview, item.bar, remove, item.note);
    this.items.push(item);
    this.element.append(item.element);
    this.#update();
  }

  #remove(item) {
    if (this.sending) return;
    this.items = this.items.filter((one) => one !== item);
    item.element.remove();
    this.#update();
    this.button.focus();
  }

  #update() {
    this.element.hidden = this.empty;
    this.changed();
  }

  clear() {
    this.items = [];
    this.element.replaceChildren();
    this.#update();
  }

  /** Sends what has not arrived yet. @returns {Promise<string[]|null>} ids; null where one failed, which then says why */
  async send() {
    this.sending = true;
    this.#update();
    for (const item of this.items) if (!item.id) await this.#sendOne(item);
    this.sending = false;
    this.#update();
    const ids = this.items.map((item) => item.id);
    return ids.every(Boolean) ? ids : null;
  }

  async #sendOne(item) {
    item.note.hidden = true;
    item.bar.hidden = false;
    try {
      item.id = (await this.upload(item.blob, (share) => (item.bar.value = share))).photo_id;
    } catch (error) {
      item.note.replaceChildren(error.detail || this.strings.uploadFailed);
      item.note.hidden = false;
    }
    item.bar.hidden = true;
  }
}

/** What the shopper sent, in the history. @param {{photo_id: string}[]} photos @param {CardHost} host @returns {HTMLElement} */
export function photoList(photos, host) {
  return h('div', { class: 'photos' }, ...photos.map(({ photo_id }, index) => photo(photo_id, index + 1, host)));
}

function photo(id, number, host) {
  const frame = h('div', { class: 'photo', 'aria-busy': 'true' });
  const load = async () => {
    try {
      const canvas = await drawn(await host.photo(id), SHOWN_EDGE * 2);
      canvas.setAttribute('role', 'img');
      canvas.setAttribute('aria-label', host.strings.photo(number));
      frame.replaceChildren(canvas);
    } catch {
      frame.replaceChildren(h('button', { type: 'button', on: { click: load } }, host.strings.photoLost));
    }
    frame.setAttribute('aria-busy', 'false');
  };
  load();
  return frame;
}
