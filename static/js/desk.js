// The desk: single keys that act (never while typing), evidence that answers to its field, rows for people, one act at a time.
document.addEventListener('DOMContentLoaded', () => {
  const form = document.getElementById('desk-form'), help = document.getElementById('keys');
  const marks = [...document.querySelectorAll('mark[data-ev]')];
  const keysOn = () => localStorage.getItem('desk-keys') !== 'off';

  // Evidence: a field that is pointed at or focused lights its sentences.
  const light = (numbers, bring) => {
    marks.forEach((mark) => mark.classList.toggle('active', numbers.includes(mark.dataset.ev)));
    const first = bring && marks.find((mark) => numbers.includes(mark.dataset.ev));
    if (!first) return;
    const folded = first.closest('details'); if (folded) folded.open = true;
    first.scrollIntoView({ block: 'nearest' });
  };
  const evidenceOf = (target) => {
    const link = target.closest('[data-ev-link]'); if (link) return [link.dataset.evLink];
    return target.closest('[data-evs]')?.dataset.evs.split(' ').filter(Boolean) ?? null;
  };
  for (const [type, bring] of [['focusin', true], ['mouseover', false], ['click', true]]) {
    document.addEventListener(type, (event) => {
      const numbers = event.target instanceof Element && evidenceOf(event.target); if (!numbers) return;
      if (type === 'click' && event.target.closest('[data-ev-link]')) event.preventDefault();
      light(numbers, bring);
    });
  }
  let step = -1;
  const walk = () => {
    const numbers = [...new Set(marks.map((mark) => mark.dataset.ev))]; if (!numbers.length) return;
    step = (step + 1) % numbers.length; light([numbers[step]], true);
  };

  // People: rows are added as they are needed; the empty one is for those without this script.
  const people = document.getElementById('people'), add = document.getElementById('add-person');
  const addRow = () => {
    const total = form.elements['people-TOTAL_FORMS'], number = total.value; total.value = Number(number) + 1;
    const holder = document.createElement('div');
    holder.innerHTML = document.getElementById('person-row').innerHTML.replaceAll('__prefix__', number);
    const row = people.appendChild(holder.firstElementChild); window.pickIn(row);
    return row;
  };
  const spare = people?.lastElementChild;
  if (spare && !spare.querySelector('.out') && !spare.querySelector('select').value) {
    spare.remove(); form.elements['people-TOTAL_FORMS'].value -= 1;
  }
  if (add) { add.hidden = false; add.addEventListener('click', () => addRow().querySelector('[role=combobox]').focus()); }
  // What is typed is not lost by a slip, and an act is sent once.
  let sent = false;
  if (form) {
    for (const type of ['input', 'change']) form.addEventListener(type, (event) => {
      if (event.target.id === 'id_reason' || event.target.id === 'id_other_event' || event.target.getAttribute('role') === 'combobox') return;
      form.classList.add('edited');
      const office = event.target.closest('.person')?.querySelector('.office');
      if (office && event.target.dataset.note !== undefined) office.textContent = event.target.dataset.note;
    });
    form.addEventListener('submit', (event) => { if (sent) event.preventDefault(); sent = true; form.setAttribute('aria-busy', 'true'); });
    window.addEventListener('beforeunload', (event) => { if (form.classList.contains('edited') && !sent) event.preventDefault(); });
    window.addEventListener('pageshow', () => { sent = false; form.removeAttribute('aria-busy'); });
    const press = (name) => form.requestSubmit(form.querySelector(`button[name=act][value="${name}"]:not([hidden])`));
    form.addEventListener('keydown', (event) => {
      const act = { id_reason: 'reject', id_other_event: 'merge' }[event.target.id];
      if (event.key === 'Enter' && act) { event.preventDefault(); press(act); }
    });
    form.press = press;
  }

  // Many at once: a rejection asks for its reason before it is sent, so that the marks are kept.
  const list = document.getElementById('changelist-form'), why = list?.elements.reason;
  if (why) list.addEventListener('submit', (event) => {
    why.required = list.elements.action?.value === 'reject';
    if (!why.reportValidity()) event.preventDefault();
  });

  // Keys.
  const acts = {
    e: () => form?.querySelector('.field select, .field input')?.focus(),
    r: () => form?.elements.reason?.focus(),
    s: () => form?.press('save'),
    u: () => document.querySelector('.desk-undo')?.click(),
    '.': walk,
    '?': () => help?.showModal(),
  };
  const typing = (target) => target.closest?.('input:not([type=checkbox]), textarea, select, [contenteditable]');
  document.addEventListener('keydown', (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.repeat) return;
    if (event.key === 'Escape' && typing(event.target)) { event.target.blur(); return; }
    if (typing(event.target) || help?.open || !keysOn()) return;
    const key = event.key.toLowerCase(), act = acts[key] ?? (() => document.querySelector(`[data-key="${CSS.escape(key)}"]`)?.click());
    if (acts[key] || document.querySelector(`[data-key="${CSS.escape(key)}"]`)) { event.preventDefault(); act(); }
  });
  const opener = document.querySelector('[data-key="?"]');
  if (opener && help) {
    opener.hidden = false; opener.addEventListener('click', () => help.showModal());
    const box = document.getElementById('keys-on'); box.checked = keysOn();
    box.addEventListener('change', () => localStorage.setItem('desk-keys', box.checked ? 'on' : 'off'));
  }
});
