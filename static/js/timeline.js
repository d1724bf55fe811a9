// The timeline's filters, brush and event panel. Everything works without this file: a form, a table and links. With it a
// change of the filters fetches the same page and puts its parts in place; the whole state stays in the address.
document.addEventListener('DOMContentLoaded', () => {
  const form = document.querySelector('[data-filters]');
  const panel = document.querySelector('[data-panel]');
  const chart = () => Tracker.figures.get('timeline');
  if (!form || !panel) return;

  const query = () => {
    const params = new URLSearchParams();
    new FormData(form).forEach((value, name) => { if (value !== '') params.append(name, value); });
    return params.toString();
  };

  const PARTS = ['.filters', '.shown', '#table', '.figure-foot', '[data-brush]'];
  let asked = 0;
  const show = async (address, { push = true } = {}) => {
    const mine = asked += 1;
    document.body.setAttribute('aria-busy', 'true');
    try {
      const answer = await fetch(address);
      if (!answer.ok) { location.assign(address); return; }
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (mine !== asked) return;
      PARTS.forEach((part) => { const now = document.querySelector(part); const next = page.querySelector(part); if (now && next) now.replaceChildren(...next.childNodes); });
      const box = document.querySelector('[data-figure="timeline"]');
      box.dataset.src = page.querySelector('[data-figure="timeline"]').dataset.src;
      if (push) history.pushState(null, '', address);
      Tracker.tools(box);
      brush();
      await chart().load(box.dataset.src);
    } catch { location.assign(address); } finally { document.body.removeAttribute('aria-busy'); }
  };

  const address = () => { const said = query(); return `${location.pathname}${said ? `?${said}` : ''}`; };
  let timer;
  form.addEventListener('submit', (event) => { event.preventDefault(); show(address()); });
  form.addEventListener('change', () => { clearTimeout(timer); timer = setTimeout(() => show(address()), 120); });
  addEventListener('popstate', () => show(location.href, { push: false }));

  // The brush sets the first and last month: the same parameters as the two date fields.
  const brush = () => {
    const holder = document.querySelector('[data-brush]');
    if (!holder) return;
    const months = [...holder.querySelectorAll('[data-month]')].map((bar) => bar.dataset.month);
    const [from, to] = ['from', 'to'].map((end) => holder.querySelector(`[data-brush-end="${end}"]`));
    const [after, before] = ['after', 'before'].map((name) => form.elements.namedItem(name));
    const place = () => {
      const a = Math.min(+from.value, +to.value - 1); const b = Math.max(+to.value, a + 1);
      const rect = holder.querySelector('[data-brush-window]');
      rect.setAttribute('x', a / months.length * 1000); rect.setAttribute('width', (b - a) / months.length * 1000);
      holder.querySelectorAll('[data-month]').forEach((bar, i) => bar.classList.toggle('in', i >= a && i < b));
      return [a, b];
    };
    const at = (text, otherwise) => { const i = months.indexOf((text || '').slice(0, 7)); return i < 0 ? otherwise : i; };
    from.value = at(after.value, 0); to.value = before.value ? at(before.value, months.length - 1) + 1 : months.length;
    place();
    [from, to].forEach((end) => {
      end.addEventListener('input', place);
      end.addEventListener('change', (event) => {
        event.stopPropagation();
        const [a, b] = place();
        after.value = a > 0 ? months[a] : ''; before.value = b < months.length ? months[b - 1] : '';
        show(address());
      });
    });
  };
  brush();

  const open = async (slug) => {
    const answer = await fetch(`/events/${slug}/?fragment=panel`);
    if (!answer.ok) { location.assign(`/events/${slug}/`); return; }
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    panel.replaceChildren(...page.body.childNodes);
    if (matchMedia('(max-width: 1080px)').matches) panel.scrollIntoView({ block: 'nearest' });
  };
  document.addEventListener('markchosen', (event) => open(event.detail));
});
