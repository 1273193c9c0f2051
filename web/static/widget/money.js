import { h } from './dom.js';

/** @param {number} yuan @returns {string} without needless decimals: 59.9 -> "59.90", 59 -> "59" */
export function plain(yuan) {
  return Number.isInteger(yuan) ? String(yuan) : yuan.toFixed(2);
}

/** @param {number} yuan @returns {HTMLElement} the price, its sign and decimals small */
export function price(yuan) {
  const [whole, decimals] = plain(yuan).split('.');
  return h('span', { class: 'price' }, h('small', {}, '¥'), whole, decimals && h('small', {}, `.${decimals}`));
}

/** @param {{price: number, list_price?: number}} card @param {string} label @returns {HTMLElement|null} only when higher */
export function listPrice(card, label) {
  if (!card.list_price || card.list_price <= card.price) return null;
  return h('del', { class: 'list-price', title: label }, `¥${plain(card.list_price)}`);
}
