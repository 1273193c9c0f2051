import { h } from './dom.js';
import { plain, price } from './money.js';

/** @typedef {import('./strings.js').Strings} Strings */

/** @param {any} data of an `order` message @param {Strings} strings @returns {HTMLElement|null} */
export function orderCard(data, strings) {
  if (!data.items?.length) return null;
  const placed = new Date(data.placed_at);
  return h(
    'section',
    { class: 'order', 'data-order': data.order_no, 'aria-label': strings.order(data.order_no) },
    h('p', { class: 'head' }, h('span', {}, `${strings.day(placed)} · ${data.order_no}`), h('strong', {}, data.status)),
    h('ol', { class: 'goods' }, ...data.items.map((item) => line(item, strings))),
    data.address && h('p', { class: 'to' }, [data.phone, data.address].filter(Boolean).join(' ')),
    h('p', { class: 'payable' }, strings.orderTotal, price(data.amount)),
  );
}

function line({ title, options, quantity, price: each, cancelled }, strings) {
  const chosen = Object.values(options ?? {}).join(' ');
  const gone = cancelled > 0 && h('span', {}, strings.cancelled(cancelled));
  const details = h('small', {}, chosen && h('span', {}, chosen), h('span', {}, `× ${quantity}`), gone);
  return h('li', {}, h('div', {}, h('p', { class: 'name', title }, title), details), h('span', { class: 'amount' }, `¥${plain(each)}`));
}

/** @param {any} data of a `shipment` message @param {Strings} strings @returns {HTMLElement} */
export function shipmentCard(data, strings) {
  const events = [...(data.events ?? [])].reverse();
  const state = data.delivered_at ? strings.delivered : data.stale ? strings.stale : strings.underWay;
  return h(
    'section',
    { class: `shipment ${data.stale ? 'stale' : ''}`, 'data-parcel': data.parcel_no, 'aria-label': strings.parcel(data.tracking_no) },
    h('p', { class: 'head' }, h('span', {}, `${data.carrier} ${data.tracking_no}`), h('strong', {}, state)),
    data.titles?.length > 0 && h('p', { class: 'to' }, data.titles.join('、')),
    events.length > 0 && h('ol', { class: 'events' }, ...events.map((event) => step(event, strings))),
  );
}

function step({ at, text }, strings) {
  const date = new Date(at);
  const time = `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
  return h('li', {}, h('time', { datetime: at }, `${strings.day(date)} ${time}`), h('span', {}, text));
}
