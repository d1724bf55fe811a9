// Turns each <select data-pick="leaders"> into a search over the list of that name (a JSON script: value, label, note, words
// to find it by). The select stays in the form and keeps the choice; without this script it is what editors use.
const LETTERS = { ə: 'e', ı: 'i', ё: 'е', й: 'и', և: 'եւ', "'": '', '’': '', ʼ: '' };
const fold = (text) => text.normalize('NFKC').replaceAll('İ', 'i').toLowerCase().replace(/[əıёйև'’ʼ]/g, (c) => LETTERS[c])
  .normalize('NFKD').replace(/\p{M}/gu, '').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
const lists = {};
const listOf = (name) => (lists[name] ??= JSON.parse(document.getElementById(name).textContent)
  .map(([value, label, note, find]) => ({ value, label, note, find: `${fold(label)} ${find}` })));
const MOST = 8;

const matches = (list, text) => {
  const words = fold(text).split(' ').filter(Boolean);
  const first = (one) => (one.find.startsWith(words[0] ?? '') ? 0 : 1);
  return list.filter((one) => words.every((word) => one.find.includes(word))).sort((a, b) => first(a) - first(b)).slice(0, MOST);
};
const make = (tag, attributes, ...inside) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...inside);
  return element;
};

class Combobox {
  constructor(select) {
    this.select = select; this.several = select.multiple; this.at = -1; this.found = [];
    this.input = make('input', { type: 'text', role: 'combobox', autocomplete: 'off', id: select.id, 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': `${select.id}-found` });
    for (const name of ['aria-invalid', 'aria-describedby']) if (select.hasAttribute(name)) this.input.setAttribute(name, select.getAttribute(name));
    this.input.placeholder = document.querySelector('[data-search]')?.dataset.search ?? '';
    this.box = make('ul', { role: 'listbox', id: `${select.id}-found`, class: 'pick-found', hidden: '' });
    this.box.setAttribute('aria-label', select.labels[0]?.textContent.trim() || select.name);
    this.chips = make('span', { class: 'pick-chips' });
    select.id = `${select.id}-select`; select.hidden = true;
    select.after(make('div', { class: 'pick' }, ...(this.several ? [this.chips] : []), this.input, this.box));
    this.input.addEventListener('input', () => this.search());
    this.input.addEventListener('keydown', (event) => this.key(event));
    this.input.addEventListener('focus', () => this.input.select());
    this.input.addEventListener('click', () => this.search());
    this.input.addEventListener('blur', () => this.leave());
    this.show();
  }

  options(test) { return [...this.select.options].filter((option) => option.value && test(option)); }

  show() {
    const chosen = this.options((option) => option.selected);
    if (!this.several) { this.input.value = chosen[0]?.textContent ?? ''; return; }
    this.input.value = '';
    this.chips.replaceChildren(...chosen.map((option) => {
      const chip = make('button', { type: 'button', class: 'chip', 'aria-label': `${option.textContent} ×` }, `${option.textContent} ×`);
      chip.addEventListener('click', () => { option.selected = false; this.changed(); this.input.focus(); });
      return chip;
    }));
  }

  search() {
    const text = this.several || this.input.value !== this.options((option) => option.selected)[0]?.textContent ? this.input.value : '';
    const free = listOf(this.select.dataset.pick).filter((one) => !this.several || !this.options((option) => option.selected && option.value === one.value).length);
    this.found = matches(free, text); this.at = this.found.length && text ? 0 : -1;
    this.draw(true);
  }

  draw(open) {
    this.box.hidden = !open || !this.found.length;
    this.input.setAttribute('aria-expanded', String(!this.box.hidden));
    this.box.replaceChildren(...this.found.map((one, n) => {
      const row = make('li', { role: 'option', id: `${this.box.id}-${n}`, 'aria-selected': String(n === this.at) }, one.label);
      if (one.note) row.append(' ', make('small', {}, one.note));
      row.addEventListener('mousedown', (event) => { event.preventDefault(); this.choose(one); });
      return row;
    }));
    if (this.at < 0 || this.box.hidden) this.input.removeAttribute('aria-activedescendant');
    else { this.input.setAttribute('aria-activedescendant', `${this.box.id}-${this.at}`); this.box.children[this.at].scrollIntoView({ block: 'nearest' }); }
  }

  key(event) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (this.box.hidden) { this.search(); return; }
      this.at = (this.at + (event.key === 'ArrowDown' ? 1 : -1) + this.found.length) % this.found.length; this.draw(true);
    } else if (event.key === 'Enter' && !this.box.hidden && this.at >= 0) { event.preventDefault(); this.choose(this.found[this.at]); }
    else if (event.key === 'Escape' && !this.box.hidden) { event.stopPropagation(); this.draw(false); this.show(); }
    else if (event.key === 'Backspace' && this.several && !this.input.value) {
      const last = this.options((option) => option.selected).at(-1);
      if (last) { last.selected = false; this.changed(); }
    }
  }

  choose(one) {
    this.options((option) => option.value === one.value).forEach((option) => { option.selected = true; });
    this.select.dataset.note = one.note;
    this.draw(false); this.changed();
  }

  leave() {
    this.draw(false);
    if (!this.several && !this.input.value.trim() && this.select.value) { this.select.value = ''; this.changed(); } else this.show();
  }

  changed() { this.show(); this.select.dispatchEvent(new Event('change', { bubbles: true })); }
}

const pickIn = (root) => root.querySelectorAll('select[data-pick]').forEach((select) => new Combobox(select));
window.pickIn = pickIn;
document.addEventListener('DOMContentLoaded', () => { const form = document.getElementById('desk-form'); if (form) pickIn(form); });
