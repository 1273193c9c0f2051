import { h } from './dom.js';
import { plain } from './money.js';

/** @typedef {import('./strings.js').Strings} Strings */

/** @param {any} data of a `coupon` message @param {Strings} strings @returns {HTMLElement|null} */
export function couponList(data, strings) {
  if (!data.items?.length) return null;
  return h('ul', { class: 'coupons', 'aria-label': strings.coupons }, ...data.items.map((coupon) => couponTicket(coupon, strings)));
}

function couponTicket({ title, threshold, off, scope, valid_until: until, new_customers_only: fresh, claimed }, strings) {
  const terms = [threshold > 0 ? strings.couponFrom(plain(threshold)) : strings.couponAny, scope ? strings.couponScope(scope) : null, fresh && strings.couponNew];
  const state = claimed === null ? null : claimed ? strings.couponClaimed : strings.couponClaimable;
  return h(
    'li',
    { class: claimed ? 'claimed' : '' },
    h('span', { class: 'off' }, `¥${plain(off)}`),
    h('div', {}, h('p', { class: 'title' }, title), h('small', {}, terms.filter(Boolean).join(' · ')), h('small', {}, strings.until(day(until, strings)))),
    state && h('span', { class: 'state' }, state),
  );
}

/** @param {any} data of a `ticket` message @param {Strings} strings @returns {HTMLElement|null} */
export function serviceTicket(data, strings) {
  if (!data.ticket_no) return null;
  const rows = [
    [strings.ticketNo, data.ticket_no],
    [strings.orderNo, data.order_no],
    [strings.openedAt, day(data.opened_at, strings)],
  ].filter(([, value]) => value);
  return h(
    'section',
    { class: 'ticket', 'aria-label': strings.ticket },
    h('p', { class: 'head' }, h('strong', {}, strings.ticketKinds[data.kind] ?? strings.ticket), h('span', { class: 'state' }, data.status)),
    h('dl', {}, ...rows.map(([label, value]) => h('div', {}, h('dt', {}, label), h('dd', {}, value)))),
  );
}

/** @param {any} data of a `rating` message @param {Strings} strings @returns {HTMLElement|null} stars, full ones for what was given */
export function ratingStars({ score, scale }, strings) {
  if (!Number.isInteger(scale) || scale < 1 || scale > 10) return null;
  const given = Number.isInteger(score) ? score : 0;
  const stars = Array.from({ length: scale }, (_, place) => h('span', { class: place < given ? 'full' : '', 'aria-hidden': 'true' }, '★'));
  return h('div', { class: 'stars', role: 'img', 'aria-label': given ? strings.starsGiven(given, scale) : strings.starsAsked }, ...stars);
}

function day(at, strings) {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? '' : strings.year(date);
}
