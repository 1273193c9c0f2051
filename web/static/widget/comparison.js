import { h, safeUrl } from './dom.js';
import { plain } from './money.js';

/** @typedef {import('./types.js').Card} Card */
/** @typedef {import('./types.js').ComparisonRow} Row */
/** @typedef {import('./cards.js').CardHost} CardHost */
/** @typedef {import('./strings.js').Strings} Strings */

/** @param {any} data of a `comparison` message @param {CardHost} host @returns {HTMLElement|null} */
export function comparison(data, host) {
  const items = data.items ?? [];
  const rows = data.rows ?? [];
  if (!items.length || !rows.length) return null;
  const { strings } = host;
  const table = h(
    'table',
    {},
    h('caption', { class: 'unseen' }, strings.comparison),
    h('thead', {}, h('tr', {}, h('td', {}), ...items.map((card) => heading(card, data.advice, host)))),
    h('tbody', {}, ...rows.map((row) => line(row, strings))),
  );
  return h('div', { class: 'comparison', tabindex: 0, role: 'region', 'aria-label': strings.comparison }, table);
}

function heading(card, advice, host) {
  const advised = advice?.sku === card.sku;
  const url = safeUrl(card.url, host.base);
  const elsewhere = url && new URL(url).origin !== location.origin;
  const link = { href: url, target: elsewhere && '_blank', rel: elsewhere && 'noopener noreferrer', on: { click: () => host.visit(card) } };
  return h(
    'th',
    { scope: 'col', class: advised && 'advised', 'data-sku': card.sku },
    url ? h('a', link, card.title) : card.title,
    advised && h('span', { class: 'badge-advised' }, host.strings.advised),
  );
}

/** @param {Row} row @param {Strings} strings */
function line(row, strings) {
  const mark = row.differs && h('span', { class: 'unseen' }, strings.differs);
  return h('tr', { class: row.differs && 'differs' }, h('th', { scope: 'row' }, row.name, mark), ...row.values.map((value) => cell(value, row.unit, strings)));
}

function cell(value, unit, strings) {
  if (value === null || value === undefined) return h('td', { class: 'unknown' }, strings.unknownValue);
  return h('td', {}, worded(value, unit, strings));
}

function worded(value, unit, strings) {
  if (typeof value === 'boolean') return value ? strings.yes : strings.no;
  if (Array.isArray(value)) return value.join('、');
  if (typeof value !== 'number') return String(value);
  if (!unit && Number.isInteger(value)) return strings.count(value);
  const number = unit === '元' ? plain(value) : String(value);
  return unit ? `${number} ${unit}` : number;
}
