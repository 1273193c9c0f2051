/** Keeps a full-screen panel inside what is really visible on a phone: above the keyboard, the page behind it at rest. */
export class Viewport {
  /** @param {HTMLElement} host the widget's element; its size is set as --daogou-height and --daogou-top */
  constructor(host) {
    this.host = host;
    this.small = matchMedia('(max-width: 560px)');
    /** @type {Element[]} what was made inert */
    this.still = [];
    this.measure = () => this.#measure();
    window.visualViewport?.addEventListener('resize', this.measure);
    window.visualViewport?.addEventListener('scroll', this.measure);
    this.small.addEventListener('change', () => this.cover(this.covering));
  }

  #measure() {
    const view = window.visualViewport;
    if (!view) return;
    this.host.style.setProperty('--daogou-height', `${view.height}px`);
    this.host.style.setProperty('--daogou-top', `${view.offsetTop}px`);
  }

  /** @param {boolean} on whether the panel is open; only on a small screen does that still the page */
  cover(on) {
    this.covering = on;
    const modal = on && this.small.matches;
    document.documentElement.style.overflow = modal ? 'hidden' : '';
    for (const element of this.still) element.inert = false;
    this.still = modal ? [...document.body.children].filter((element) => element !== this.host && !element.inert) : [];
    for (const element of this.still) element.inert = true;
    this.#measure();
  }
}
