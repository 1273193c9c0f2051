import { h, safeUrl } from './dom.js';
import { plain, price } from './money.js';

/** @typedef {import('./cards.js').CardHost} CardHost */
/** @typedef {import('./strings.js').Strings} Strings */

/** @param {any} data of a `cart` message @param {CardHost} host @returns {HTMLElement|null} */
export function cartBill(data, host) {
  if (!data.items?.length) return null;
  const { strings } = host;
  const discounts = (data.discounts ?? []).map(({ title, amount }) => ({ label: title, amount: -amount }));
  const steps = data.freight ? [...discounts, data.freight] : discounts;
  return h(
    'section',
    { class: 'bill', 'aria-label': strings.cart },
    h('ol', { class: 'goods' }, ...data.items.map((line) => goods(line, host))),
    steps.length > 0 && sums([{ label: strings.sum, amount: data.total }, ...steps]),
    payable(data.payable, strings),
  );
}

/** @param {any} data of a `price` message @param {CardHost} host @returns {HTMLElement} */
export function priceBill(data, { strings }) {
  return h('section', { class: 'bill', 'aria-label': strings.bill }, sums(data.lines ?? []), payable(data.payable, strings), unused(data.unused, strings));
}

function goods({ item, quantity, amount }, host) {
  const url = safeUrl(item.url, host.base);
  const source = safeUrl(item.image, host.base);
  const image = source && h('img', { src: source, alt: '', loading: 'lazy', width: 44, height: 44, on: { error: () => image.remove() } });
  const chosen = Object.values(item.options ?? {}).join(' ');
  const title = url ? h('a', { href: url, ...elsewhere(url), on: { click: () => host.visit(item) } }, item.title) : item.title;
  return h(
    'li',
    { 'data-sku': item.sku },
    h('span', { class: 'thumb' }, image),
    h('div', {}, h('p', { class: 'name', title: item.title }, title), h('small', {}, chosen && h('span', {}, chosen), h('span', {}, `× ${quantity}`))),
    h('span', { class: 'amount' }, `¥${plain(amount)}`),
  );
}

function elsewhere(url) {
  return new URL(url).origin === location.origin ? {} : { target: '_blank', rel: 'noopener noreferrer' };
}

function sums(lines) {
  const rows = lines.map(({ label, amount }) =>
    h('div', { class: amount < 0 ? 'off' : '' }, h('dt', {}, label), h('dd', {}, amount < 0 ? `−¥${plain(-amount)}` : `¥${plain(amount)}`)),
  );
  return h('dl', { class: 'sums' }, ...rows);
}

function payable(amount, strings) {
  return h('p', { class: 'payable' }, strings.payable, price(amount));
}

function unused(list, strings) {
  if (!list?.length) return null;
  const rows = list.map(({ title, why }) => h('li', {}, h('span', {}, title), h('small', {}, why)));
  return h('details', { class: 'unused' }, h('summary', {}, strings.unused(list.length)), h('ul', {}, ...rows));
}
