import { carousel } from './carousel.js';
import { describe, describeRelaxed } from './constraints.js';
import { h, icon, safeUrl } from './dom.js';
import { listPrice, price } from './money.js';

/** @typedef {import('./types.js').Card} Card */
/** @typedef {import('./strings.js').Strings} Strings */

/**
 * What the cards need from the widget.
 *
 * @typedef {object} CardHost
 * @property {Strings} strings
 * @property {string} base
 * @property {(card: Card) => void} visit about to open the card's page
 * @property {(card: Card) => Promise<boolean>} addToCart
 * @property {(id: string) => Promise<Blob>} photo of the conversation
 */

const FEW = 5;
const CHIPS = 3;

/** @param {any} data of a `products` message @param {CardHost} host @returns {HTMLElement} */
export function productList(data, host) {
  const items = data.items ?? [];
  return h(
    'div',
    { class: 'products' },
    summary(data, host.strings),
    relaxed(data.relaxed, host.strings),
    items.length > 0 && carousel(items.map((card) => productCard(card, host)), host.strings),
  );
}

/** @param {any} data of a `product` message @param {CardHost} host @returns {HTMLElement} */
export function singleProduct(data, host) {
  const card = productCard(data.item, host, data.description);
  return h('div', { class: 'products' }, h('ul', { class: 'cards single' }, card));
}

function summary(data, strings) {
  const phrases = describe(data.constraints ?? {}, strings);
  if (!phrases.length && !data.total) return null;
  return h('p', { class: 'summary' }, ...phrases.map((phrase) => h('span', {}, phrase)), data.total > 0 && h('em', {}, strings.total(data.total)));
}

function relaxed(list, strings) {
  if (!list?.length) return null;
  return h('p', { class: 'relaxed' }, strings.relaxed + describeRelaxed(list, strings));
}

/** @param {Card} card @param {CardHost} host @param {string} [description] @returns {HTMLElement} */
function productCard(card, host, description) {
  const { strings } = host;
  const url = safeUrl(card.url, host.base);
  const label = `${strings.product} ${card.title} ¥${card.price}`;
  const element = h(
    'li',
    { class: 'card', 'aria-label': label, 'data-sku': card.sku, 'data-price': card.price },
    picture(card, host),
    h(
      'div',
      { class: 'body' },
      h('h3', { title: card.title }, card.title),
      h('p', { class: 'prices' }, price(card.price), listPrice(card, strings.listPrice)),
      facts(card, strings),
      reasons(card.reasons),
      description && h('p', { class: 'description' }, description),
      h('p', { class: 'actions' }, cartButton(card, host), detailsLink(card, url, host)),
    ),
  );
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target === element) element.querySelector('a')?.click();
  });
  return element;
}

function picture(card, host) {
  const source = safeUrl(card.image, host.base);
  const image = source && h('img', { src: source, alt: '', loading: 'lazy', width: 200, height: 200, on: { error: () => image.remove() } });
  return h('div', { class: 'picture' }, image, card.sponsored && h('span', { class: 'sponsored' }, host.strings.sponsored));
}

function facts(card, strings) {
  const stock = card.stock ?? FEW + 1;
  const rating = card.rating ? h('span', { class: 'rating', 'aria-label': strings.rating(card.rating) }, `★ ${card.rating.toFixed(1)}`) : null;
  const left = stock <= FEW && h('span', { class: 'stock' }, stock > 0 ? strings.lowStock(stock) : strings.soldOut);
  return rating || left ? h('p', { class: 'facts' }, rating, left) : null;
}

function reasons(list) {
  if (!list?.length) return null;
  return h('ul', { class: 'reasons' }, ...list.slice(0, CHIPS).map((reason) => h('li', {}, reason)));
}

function detailsLink(card, url, host) {
  if (!url) return null;
  const elsewhere = new URL(url).origin !== location.origin;
  const props = { class: 'button', href: url, target: elsewhere && '_blank', rel: elsewhere && 'noopener noreferrer' };
  return h('a', { ...props, on: { click: () => host.visit(card) } }, host.strings.details);
}

function cartButton(card, host) {
  const soldOut = card.stock === 0;
  const label = soldOut ? host.strings.soldOut : host.strings.addToCart;
  const button = h('button', { type: 'button', class: 'button primary', disabled: soldOut, on: { click: add } }, label);

  async function add() {
    if (button.getAttribute('aria-busy')) return;
    button.setAttribute('aria-busy', 'true');
    const done = await host.addToCart(card);
    button.removeAttribute('aria-busy');
    if (done) button.replaceChildren(icon('check'), host.strings.added);
    setTimeout(() => button.replaceChildren(label), 2000);
  }
  return button;
}
