import { h, safeUrl } from '/widget/dom.js';
import { listPrice, price } from '/widget/money.js';
import { Api } from '/widget/api.js';

/** @typedef {import('/widget/types.js').Card} Card */

const FEW = 5;
const CHIPS = 2;

/** Fills the grid with cards, or says that there are none. @param {Element} grid @param {Card[]} cards @param {Api} api */
export function showTiles(grid, cards, api) {
  grid.removeAttribute('aria-busy');
  grid.replaceChildren(...cards.map((card) => tile(card, api)));
}

/** Grey places while the cards are on their way. @param {Element} grid */
export function showGhosts(grid) {
  grid.setAttribute('aria-busy', 'true');
  grid.replaceChildren(...Array.from({ length: 10 }, () => h('li', { class: 'tile ghost' })));
}

/** Nothing to show, and a way on. @param {Element} grid @param {string} text @param {string} question for the assistant */
export function showEmpty(grid, text, question) {
  grid.removeAttribute('aria-busy');
  const ask = h('button', { type: 'button', on: { click: () => window.daogou?.ask(question) } }, '问问导购');
  grid.replaceChildren(h('li', { class: 'empty' }, h('p', {}, text), ask));
}

/** @param {Card} card @param {Api} api @returns {HTMLElement} */
function tile(card, api) {
  const follow = () => api.report('click', card.sku);
  const link = h('a', { href: safeUrl(card.url, location.origin), on: { click: follow } }, card.title);
  const image = safeUrl(card.image, location.origin);
  return h(
    'li',
    { class: 'tile', 'data-sku': card.sku },
    h('div', { class: 'picture' }, image && h('img', { src: image, alt: '', loading: 'lazy', width: 260, height: 260 })),
    h(
      'div',
      { class: 'body' },
      h('h3', {}, link),
      h('p', { class: 'row' }, price(card.price), listPrice(card, '原价')),
      facts(card),
      card.reasons?.length > 0 && h('ul', { class: 'reasons' }, ...card.reasons.slice(0, CHIPS).map((reason) => h('li', {}, reason))),
    ),
  );
}

/** Rating and what is left of the stock. @param {Card} card @returns {HTMLElement} */
export function facts(card) {
  const left = card.stock === 0 ? '缺货' : card.stock <= FEW ? `仅剩 ${card.stock} 件` : '';
  const rating = card.rating ? `★ ${card.rating.toFixed(1)}` : '';
  return h('p', { class: 'facts' }, rating, rating && left && ' · ', left && h('b', {}, left));
}
