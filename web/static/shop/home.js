import { describe, describeRelaxed } from '/widget/constraints.js';
import { h } from '/widget/dom.js';
import { stringsFor } from '/widget/strings.js';
import { showEmpty, showGhosts, showTiles } from './tiles.js';

const PROMPTS = ['我想买手机', '两百元以内的跑步鞋', '送妈妈的护肤品', '学生用的笔记本电脑'];
const LIMIT = 40;

/** The home page: what is recommended, or what `?q=` finds. @param {import('/widget/api.js').Api} api */
export async function showHome(api) {
  const query = new URLSearchParams(location.search).get('q')?.trim();
  document.querySelector('.hero').hidden = Boolean(query);
  document.querySelector('.prompts').append(...PROMPTS.map(prompt));
  const grid = document.querySelector('.grid');
  showGhosts(grid);
  if (query) await search(query, grid, api);
  else await recommend(grid, api);
}

function prompt(text) {
  return h('button', { type: 'button', on: { click: () => window.daogou?.ask(text) } }, text);
}

async function recommend(grid, api) {
  try {
    const { items } = await api.get('/api/recommend?context=home');
    showTiles(grid, items, api);
  } catch {
    showEmpty(grid, '推荐暂时没有加载出来，请稍后刷新。', '有什么推荐');
  }
}

async function search(query, grid, api) {
  document.title = `${query} - 好物集`;
  document.querySelector('.heading h2').textContent = `“${query}”`;
  try {
    const found = await api.get(`/api/search?q=${encodeURIComponent(query)}&limit=${LIMIT}`);
    showFound(found);
    if (found.items.length) showTiles(grid, found.items, api);
    else showEmpty(grid, '没有找到合适的商品，换个说法试试，或者', query);
  } catch (error) {
    showEmpty(grid, error.detail || '搜索暂时不可用，请稍后再试。', query);
  }
}

function showFound({ items, constraints, relaxed, total }) {
  const strings = stringsFor('zh');
  // The page goes on after what meets every condition; each of those cards says what it does not meet.
  const near = Math.max(0, items.length - total);
  const count = near ? `完全符合 ${total} 件，另列出相近的 ${near} 件` : strings.total(total);
  const phrases = [count, ...describe(constraints ?? {}, strings)];
  document.querySelector('.found').textContent = phrases.join(' · ');
  if (!relaxed?.length) return;
  const text = strings.relaxed + describeRelaxed(relaxed, strings);
  document.querySelector('.heading').append(h('p', { class: 'relaxed' }, text));
}
