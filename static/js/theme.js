// Theme: follows the system until the reader chooses; the choice is kept on this device.
(() => {
  const root = document.documentElement;
  root.dataset.js = '';
  const kept = (() => { try { return localStorage.getItem('theme'); } catch { return null; } })();
  if (kept) root.dataset.theme = kept;
  const dark = () => (root.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  const label = () => document.querySelectorAll('[data-theme-toggle]').forEach((b) => { b.textContent = dark() ? b.dataset.light : b.dataset.dark; });
  document.addEventListener('DOMContentLoaded', () => {
    label();
    // On a phone the sections stand in one line: the one that is open is brought into it.
    const nav = document.querySelector('.site-nav'); const here = nav?.querySelector('[aria-current]');
    if (here) nav.scrollLeft = here.offsetLeft - (nav.clientWidth - here.offsetWidth) / 2;
    document.querySelectorAll('[data-theme-toggle]').forEach((b) => b.addEventListener('click', () => {
      root.dataset.theme = dark() ? 'light' : 'dark';
      try { localStorage.setItem('theme', root.dataset.theme); } catch { /* private mode */ }
      label();
      document.dispatchEvent(new Event('themechange'));
    }));
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { label(); document.dispatchEvent(new Event('themechange')); });
})();
