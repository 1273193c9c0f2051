import { h, safeUrl } from '/widget/dom.js';
import { price } from '/widget/money.js';
import { toast } from './toast.js';

/** The cart: its count in the header and the drawer with its lines. */
export class Cart {
  /** @param {import('/widget/api.js').Api} api */
  constructor(api) {
    this.api = api;
    this.button = document.querySelector('.cart-button');
    this.count = document.querySelector('.count');
    this.drawer = document.querySelector('dialog.cart');
    this.button.addEventListener('click', () => this.open());
    this.drawer.addEventListener('click', (event) => event.target === this.drawer && this.drawer.close());
    window.addEventListener('daogou:cart', (event) => this.#show(event.detail));
    this.#show({ items: [], total: 0 });
    if (api.token) this.#try(() => api.call('GET', '/api/cart'));
  }

  open() {
    this.drawer.showModal();
  }

  async #try(call) {
    try {
      this.#show(await call());
    } catch (error) {
      toast(error.detail || '购物车暂时打不开，请稍后再试。');
    }
  }

  #set(sku, quantity) {
    return this.#try(() => this.api.call('PUT', '/api/cart', { sku, quantity }));
  }

  #show({ items, total }) {
    const pieces = items.reduce((sum, line) => sum + line.quantity, 0);
    this.count.hidden = pieces === 0;
    this.count.textContent = String(pieces);
    const close = h('button', { type: 'button', 'aria-label': '关闭购物车', on: { click: () => this.drawer.close() } }, '✕');
    const lines = items.length ? items.map((line) => this.#line(line)) : [h('li', { class: 'empty' }, '购物车还是空的')];
    this.drawer.replaceChildren(
      h('header', {}, h('h2', { id: 'cart-title' }, '购物车'), close),
      h('ul', { class: 'lines' }, ...lines),
      h('footer', {}, h('p', { class: 'row' }, '合计', price(total)), h('p', { class: 'note' }, '演示商店，不能结算。')),
    );
  }

  #line({ item, quantity }) {
    const step = (label, change) => h('button', { type: 'button', 'aria-label': label, on: { click: () => this.#set(item.sku, quantity + change) } }, change < 0 ? '−' : '+');
    const image = safeUrl(item.image, location.origin);
    return h(
      'li',
      { class: 'line', 'data-sku': item.sku },
      image ? h('img', { src: image, alt: '', width: 76, height: 76 }) : h('span'),
      h('h3', {}, h('a', { href: safeUrl(item.url, location.origin) }, item.title)),
      h('p', { class: 'options' }, Object.values(item.options ?? {}).join(' / ')),
      h('p', { class: 'row' }, price(item.price), h('span', { class: 'stepper' }, step('减少一件', -1), h('output', {}, String(quantity)), step('增加一件', 1))),
    );
  }
}
