import { plain } from './money.js';

/** Words for the shopping frame: what was asked for, and what had to give. */

/** @typedef {import('./strings.js').Strings} Strings */

/** @param {Record<string, any>} c constraints @param {Strings} strings @returns {string[]} one phrase each */
export function describe(c, strings) {
  const t = strings.constraint;
  return [
    c.category,
    priceRange(c, t),
    ...(c.brands ?? []),
    ...(c.colours ?? []),
    ...(c.attributes ?? []).map((attribute) => describeAttribute(attribute, t)),
    ...[...(c.not_brands ?? []), ...(c.not_colours ?? []), ...(c.not_words ?? [])].map(t.not),
  ].filter((phrase) => typeof phrase === 'string' && phrase);
}

function priceRange({ price_min: low, price_max: high }, t) {
  if (low && high) return t.between(plain(Number(low)), plain(Number(high)));
  if (high) return t.upTo(plain(Number(high)));
  return low ? t.from(plain(Number(low))) : '';
}

function describeAttribute({ name, op, value, unit }, t) {
  if (value === true) return name;
  if (value === false) return t.not(name);
  const said = `${Array.isArray(value) ? value.join('/') : value}${unit ?? ''}`;
  if (op === '!=') return t.not(typeof value === 'string' ? said : `${name}${said}`);
  const sign = { '>=': '≥ ', '<=': '≤ ', '>': '> ', '<': '< ' }[op] ?? '';
  return `${name} ${sign}${said}`;
}

/** @param {{constraint: string, from: any, to: any}[]} relaxed @param {Strings} strings @returns {string} */
export function describeRelaxed(relaxed, strings) {
  return relaxed.map((one) => describeOne(one, strings.constraint)).join('；');
}

function describeOne({ constraint, from, to }, t) {
  const unit = constraint.startsWith('price') ? '¥' : '';
  const side = (value) => (typeof value === 'number' ? unit : '') + worded(value, t);
  return `${t.names[constraint] ?? constraint} ${side(from)} → ${side(to)}`;
}

function worded(value, t) {
  if (value === null || value === undefined || value === '') return t.none;
  if (Array.isArray(value)) return value.map((one) => worded(one, t)).join('、') || t.none;
  if (typeof value === 'object') return describeAttribute(value, t);
  if (typeof value === 'boolean') return value ? t.yes : t.no;
  return String(value);
}
