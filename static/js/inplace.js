// A change of the filters brings the new parts of the page into place; the whole state stays in the address, and back and
// forward work. Without this file the form works by its button and links lead to pages. What changes is marked [data-part].
document.addEventListener('DOMContentLoaded', () => {
  const form = () => document.querySelector('[data-filters]');
  if (!form()) return;
  let asked = 0;
  const show = async (address, { push = true } = {}) => {
    const mine = asked += 1;
    document.body.setAttribute('aria-busy', 'true');
    try {
      const answer = await fetch(address);
      if (!answer.ok) { location.assign(address); return; }
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (mine !== asked) return;
      const focused = document.activeElement?.name && [document.activeElement.name, document.activeElement.value];
      const parts = [...document.querySelectorAll('[data-part]')].map((part) => `[data-part="${part.dataset.part}"]`);
      const unfolded = [...document.querySelectorAll('[data-more]')].map((more) => more.open);
      ['[data-filters]', ...parts].forEach((part) => { const next = page.querySelector(part); if (next) document.querySelector(part).replaceChildren(...next.childNodes); });
      document.querySelectorAll('[data-more]').forEach((more, i) => { more.open ||= unfolded[i]; });
      if (focused) [...form().elements].find((field) => field.name === focused[0] && (field.type === 'search' || field.value === focused[1]))?.focus();
      if (push) history.pushState(null, '', address);
      document.dispatchEvent(new CustomEvent('viewchange', { detail: page }));
    } catch { location.assign(address); } finally { document.body.removeAttribute('aria-busy'); }
  };
  const address = () => {
    const params = new URLSearchParams();
    new FormData(form()).forEach((value, name) => { if (value !== '') params.append(name, value); });
    const query = params.toString();
    return `${location.pathname}${query ? `?${query}` : ''}`;
  };
  let timer;
  form().addEventListener('submit', (event) => { event.preventDefault(); show(address()); });
  form().addEventListener('change', () => { clearTimeout(timer); timer = setTimeout(() => show(address()), 120); });
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-inplace], [data-clear]');
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    show(link.href);
  });
  document.addEventListener('viewwanted', (event) => show(event.detail));
  addEventListener('popstate', () => show(location.href, { push: false }));
});
