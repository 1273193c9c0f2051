import { cartBill, priceBill } from './bill.js';
import { productList, singleProduct } from './cards.js';
import { comparison } from './comparison.js';
import { h, icon } from './dom.js';
import { couponList, ratingStars, serviceTicket } from './service.js';
import { orderCard, shipmentCard } from './order.js';
import { photoList } from './photos.js';

/** @typedef {import('./types.js').Message} Message */
/** @typedef {import('./types.js').Choice} Choice */
/** @typedef {import('./types.js').Pending} Pending */
/** @typedef {import('./cards.js').CardHost} CardHost */
/** @typedef {import('./strings.js').Strings} Strings */

/** What a message shows below its text. A type that is not here shows its text only. */
const ATTACHMENTS = {
  text: (message, host) => (message.data.photos ? photoList(message.data.photos, host) : null),
  products: (message, host) => productList(message.data, host),
  product: (message, host) => (message.data.item ? singleProduct(message.data, host) : null),
  comparison: (message, host) => comparison(message.data, host),
  cart: (message, host) => cartBill(message.data, host),
  price: (message, host) => priceBill(message.data, host),
  coupon: (message, host) => couponList(message.data, host.strings),
  ticket: (message, host) => serviceTicket(message.data, host.strings),
  rating: (message, host) => ratingStars(message.data, host.strings),
  order: (message, host) => orderCard(message.data, host.strings),
  shipment: (message, host) => shipmentCard(message.data, host.strings),
  handoff: (message, host) => handoff(message.data, host.strings),
};

/** @param {Message} message @param {CardHost} host @returns {HTMLElement} */
export function messageElement(message, host) {
  const attachment = message.data ? ATTACHMENTS[message.type]?.(message, host) : null;
  const text = message.text && h('p', { class: 'bubble' }, message.type === 'error' && icon('alert'), message.text);
  const name = message.from === 'agent' && h('p', { class: 'sender' }, host.strings.agent);
  return h('div', { class: `message ${sender(message.from)} ${attachment ? 'rich' : ''}`, 'data-type': message.type, 'data-id': message.id }, name, text, attachment);
}

function sender(from) {
  return ['shopper', 'agent', 'system'].includes(from) ? from : 'bot';
}

function handoff(data, strings) {
  const position = Number(data.queue_position);
  const away = data.open === false && strings.away;
  const hours = typeof data.business_hours === 'string' && data.business_hours;
  return h(
    'div',
    { class: 'handoff' },
    icon('human'),
    h('div', {}, Number.isFinite(position) && h('strong', {}, away || strings.queue(position - 1)), away && h('span', {}, strings.ahead(position - 1)), hours && h('span', {}, strings.hours(hours))),
  );
}

/** @param {Pending} entry @param {CardHost} host @param {() => void} retry @returns {HTMLElement} */
export function pendingElement(entry, host, retry) {
  const { strings } = host;
  const photos = entry.photos?.length && photoList(entry.photos.map((photo_id) => ({ photo_id })), host);
  const note = entry.error
    ? h('p', { class: 'note failed' }, entry.error, ' ', h('button', { type: 'button', on: { click: retry } }, strings.resend))
    : h('p', { class: 'note' }, strings.sending);
  return h('div', { class: 'message shopper pending' }, entry.text && h('p', { class: 'bubble' }, entry.text), photos, note);
}

/** @param {Choice[]} choices @param {Strings} strings @param {(choice: Choice) => void} choose @returns {HTMLElement} */
export function choicesElement(choices, strings, choose) {
  const buttons = choices.map((choice) => h('button', { type: 'button', on: { click: () => choose(choice) } }, choice.title));
  return h('div', { class: 'choices', role: 'group', 'aria-label': strings.choices }, ...buttons);
}

/** @param {string} at ISO time @param {Strings} strings @returns {HTMLElement} */
export function dateElement(at, strings) {
  return h('p', { class: 'date' }, h('time', { datetime: at }, describeTime(new Date(at), new Date(), strings)));
}

/** @param {Date} date @param {Date} now @param {Strings} strings @returns {string} */
function describeTime(date, now, strings) {
  const time = `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
  const midnight = (day) => new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime();
  const days = Math.round((midnight(now) - midnight(date)) / 86_400_000);
  if (days === 0) return `${strings.today} ${time}`;
  if (days === 1) return `${strings.yesterday} ${time}`;
  return `${date.getFullYear() === now.getFullYear() ? strings.day(date) : strings.year(date)} ${time}`;
}
